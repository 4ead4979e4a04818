package io.wsboot.spring.endpoint.argument;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import io.wsboot.HandshakeRequest;
import io.wsboot.WsSession;
import io.wsboot.spring.endpoint.method.InvalidEndpointException;
import io.wsboot.spring.endpoint.validation.CallbackConstraints;
import org.jspecify.annotations.Nullable;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.annotation.AnnotatedMethod;

/**
 * Chooses resolvers for the parameters of one endpoint's callbacks, except for parameters
 * that only the event of a callback gives a value to.
 */
public final class CallbackParameters {

	private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

	private final Class<?> type;

	private final AnnotatedParameters annotated;

	private final HandshakeParameterBinder binder;

	private final List<CallbackArgumentResolver> resolvers;

	/**
	 * Creates the parameters of an endpoint.
	 * @param type the endpoint's class
	 * @param annotated reads the parameters that come from the handshake
	 * @param binder converts the parameters that come from the handshake
	 * @param resolvers the application's own resolvers, in order
	 */
	public CallbackParameters(Class<?> type, AnnotatedParameters annotated, HandshakeParameterBinder binder,
			List<CallbackArgumentResolver> resolvers) {
		this.type = type;
		this.annotated = annotated;
		this.binder = binder;
		this.resolvers = resolvers;
	}

	/**
	 * The parameters of a callback that only its event can give a value to.
	 * @param method a callback of an open session
	 * @return the parameters in order
	 */
	public List<MethodParameter> ofEvent(Method method) {
		return all(method).stream()
			.filter((parameter) -> !isAnnotated(parameter) && ofSession(parameter) == null)
			.toList();
	}

	/**
	 * Chooses the resolvers of a callback of an open session.
	 * @param method the callback
	 * @param ofEvent chooses the resolvers of {@link #ofEvent(Method)}
	 * @return a resolver for each parameter
	 * @throws InvalidEndpointException if nothing gives a value to a parameter
	 */
	public List<ArgumentResolver<WsSession>> forSession(Method method,
			Function<MethodParameter, ArgumentResolver<WsSession>> ofEvent) {
		List<ArgumentResolver<WsSession>> resolvers = new ArrayList<>();
		for (MethodParameter parameter : all(method)) {
			if (isAnnotated(parameter)) {
				int index = this.binder.add(this.annotated.read(parameter));
				resolvers.add((session, event) -> this.binder.of(session).get(index));
			}
			else {
				ArgumentResolver<WsSession> ofSession = ofSession(parameter);
				resolvers.add((ofSession != null) ? ofSession : ofEvent.apply(parameter));
			}
		}
		return resolvers;
	}

	/**
	 * Chooses the resolvers of an {@code @OnHandshake} method.
	 * @param method the method
	 * @return a resolver for each parameter
	 * @throws InvalidEndpointException if the handshake gives no value to a parameter
	 */
	public List<ArgumentResolver<HandshakeContext>> forHandshake(Method method) {
		List<ArgumentResolver<HandshakeContext>> resolvers = new ArrayList<>();
		for (MethodParameter parameter : all(method)) {
			if (isAnnotated(parameter)) {
				int index = this.binder.add(this.annotated.read(parameter));
				resolvers.add((handshake, event) -> handshake.parameters().get(index));
			}
			else if (parameter.getParameterType() == HandshakeRequest.class) {
				resolvers.add((handshake, event) -> handshake.request());
			}
			else {
				throw InvalidEndpointException.of(parameter,
						"is a " + parameter.getParameterType().getName()
								+ ", which there is none of before the connection is open",
						"An @OnHandshake method may take a HandshakeRequest, @PathParam, @QueryParam and @HeaderParam parameters.");
			}
		}
		return resolvers;
	}

	/**
	 * Has a handshake refused whose values break a constraint.
	 * @param constraints the constraints of a callback; null if there are none
	 */
	public void constrain(@Nullable CallbackConstraints constraints) {
		if (constraints == null || constraints.handshake().isEmpty()) {
			return;
		}
		List<MethodParameter> parameters = constraints.parameters();
		int[] indexes = parameters.stream()
			.mapToInt((parameter) -> isAnnotated(parameter) ? this.binder.add(this.annotated.read(parameter)) : -1)
			.toArray();
		this.binder.add((values) -> {
			@Nullable Object[] arguments = new @Nullable Object[indexes.length];
			for (int i = 0; i < arguments.length; i++) {
				arguments[i] = (indexes[i] >= 0) ? values.get(indexes[i]) : null;
			}
			return constraints.allowHandshake(arguments);
		});
	}

	/**
	 * The parameters of a callback, with their names and the annotations of interfaces.
	 * @param method the callback
	 * @return the parameters in order
	 */
	public List<MethodParameter> all(Method method) {
		return Arrays.stream(new CallbackMethod(method, this.type).getMethodParameters())
			.peek((parameter) -> parameter.initParameterNameDiscovery(NAMES))
			.toList();
	}

	/**
	 * Whether the value of a parameter comes from the handshake.
	 * @param parameter a parameter of a callback
	 * @return true if the parameter has the annotation of a {@link ParameterSource}
	 */
	public static boolean isAnnotated(MethodParameter parameter) {
		return !ParameterSource.of(parameter).isEmpty();
	}

	/**
	 * The resolver of a parameter whose value the session has; null for other parameters.
	 */
	private @Nullable ArgumentResolver<WsSession> ofSession(MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		if (type == WsSession.class) {
			return (session, event) -> session;
		}
		if (type == HandshakeRequest.class) {
			return (session, event) -> session.handshake();
		}
		for (CallbackArgumentResolver resolver : this.resolvers) {
			if (resolver.supportsParameter(parameter)) {
				return (session, event) -> resolver.resolveArgument(parameter, session);
			}
		}
		return PrincipalArgument.supports(parameter.nestedIfOptional().getNestedParameterType())
				? PrincipalArgument.of(parameter) : null;
	}

	/**
	 * Finds annotations on the parameters of an interface too, and resolves type
	 * variables by the endpoint's class.
	 */
	private static final class CallbackMethod extends AnnotatedMethod {

		private final Class<?> type;

		CallbackMethod(Method method, Class<?> type) {
			super(method);
			this.type = type;
		}

		@Override
		protected Class<?> getContainingClass() {
			return this.type;
		}

	}

}
