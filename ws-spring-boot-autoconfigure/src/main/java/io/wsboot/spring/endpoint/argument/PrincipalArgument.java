package io.wsboot.spring.endpoint.argument;

import java.security.Principal;
import java.util.Optional;

import io.wsboot.WsSession;

import org.springframework.core.MethodParameter;

/**
 * Resolves parameters of the type {@link Principal}, of a subtype, or an {@link Optional}
 * of one. The value is null, or empty, if the handshake was not authenticated.
 */
final class PrincipalArgument {

	private PrincipalArgument() {
	}

	static boolean supports(Class<?> type) {
		return Principal.class.isAssignableFrom(type);
	}

	static ArgumentResolver<WsSession> of(MethodParameter parameter) {
		if (parameter.getParameterType() == Optional.class) {
			Class<?> type = parameter.nested().getNestedParameterType();
			return (session, event) -> session.principal().filter(type::isInstance);
		}
		Class<?> type = parameter.getParameterType();
		return (session, event) -> {
			Principal principal = session.principal().orElse(null);
			if (principal != null && !type.isInstance(principal)) {
				throw new IllegalStateException(
						"the principal is a " + principal.getClass().getName() + ", not a " + type.getName());
			}
			return principal;
		};
	}

}
