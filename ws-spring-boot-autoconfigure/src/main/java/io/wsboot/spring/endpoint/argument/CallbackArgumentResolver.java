package io.wsboot.spring.endpoint.argument;

import io.wsboot.WsSession;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;

/**
 * Gives values to parameters of types that an application defines, such as
 * {@code @CurrentUser Account account}, in the callbacks of open sessions.
 * {@code @OnHandshake} methods cannot have such parameters yet. Resolver beans are asked
 * in their order; the first that supports a parameter is used. They are never asked about
 * {@link WsSession}, {@code HandshakeRequest} and parameters annotated with
 * {@code @PathParam}, {@code @QueryParam} or {@code @HeaderParam}.
 */
public interface CallbackArgumentResolver {

	/**
	 * Whether this resolver gives a value to a parameter. Called once, at start.
	 * @param parameter a parameter of a callback
	 * @return true if {@link #resolveArgument} can be called for the parameter
	 */
	boolean supportsParameter(MethodParameter parameter);

	/**
	 * Resolves the value for one call. Called on the thread of the callback: on an event
	 * loop this method must not block.
	 * @param parameter the parameter
	 * @param session the session that the callback is called for
	 * @return the value
	 * @throws Exception if there is no value; the exception goes to {@code @OnError}
	 * methods, as one of the callback does
	 */
	@Nullable Object resolveArgument(MethodParameter parameter, WsSession session) throws Exception;

}
