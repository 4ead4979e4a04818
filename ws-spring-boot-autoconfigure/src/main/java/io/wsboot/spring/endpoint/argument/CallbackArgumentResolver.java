package io.wsboot.spring.endpoint.argument;

import io.wsboot.WsSession;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;

/**
 * A bean that gives values to parameters of an application's own kind, such as
 * {@code @CurrentUser Account account}, in the callbacks of open sessions
 * ({@code @OnHandshake} methods have none yet). Several are asked in order; the first
 * that supports a parameter gets it. {@link WsSession}, {@code HandshakeRequest} and
 * parameters annotated with {@code @PathParam} and its kin are never asked about.
 */
public interface CallbackArgumentResolver {

	/**
	 * Whether it gives a value to a parameter. Asked once, at start.
	 * @param parameter a parameter of a callback
	 * @return true if {@link #resolveArgument} can be called for it
	 */
	boolean supportsParameter(MethodParameter parameter);

	/**
	 * The value for one call, found on the thread of the callback: on an event loop it
	 * must not block.
	 * @param parameter the parameter
	 * @param session whom the callback is called for
	 * @return the value
	 * @throws Exception if there is none, which is the callback's failure
	 */
	@Nullable Object resolveArgument(MethodParameter parameter, WsSession session) throws Exception;

}
