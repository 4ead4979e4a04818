package io.wsboot.docs.endpoints;

import java.security.Principal;

import io.wsboot.WsSession;
import io.wsboot.spring.endpoint.argument.CallbackArgumentResolver;

import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;

@Component
class AccountResolver implements CallbackArgumentResolver {

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.getParameterType() == Account.class;
	}

	@Override
	public Account resolveArgument(MethodParameter parameter, WsSession session) {
		return new Account(session.principal().map(Principal::getName).orElse("nobody"));
	}

}
