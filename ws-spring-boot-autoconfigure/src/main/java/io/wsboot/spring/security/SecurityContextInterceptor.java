package io.wsboot.spring.security;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import io.wsboot.server.spi.CallbackChain;
import io.wsboot.server.spi.CallbackInterceptor;
import io.wsboot.server.spi.WsServerObserver.HandlerCallback;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContext;

/**
 * Runs each callback in the name of the session's client. If the client may not make a
 * call, and no {@code @OnError} method handles that, the session is closed with 1008.
 */
public final class SecurityContextInterceptor implements CallbackInterceptor, Ordered {

	private static final Log logger = LogFactory.getLog(SecurityContextInterceptor.class);

	private final SecuredSessions sessions;

	/**
	 * Creates the interceptor.
	 * @param sessions knows the clients
	 */
	public SecurityContextInterceptor(SecuredSessions sessions) {
		this.sessions = sessions;
	}

	@Override
	public int getOrder() {
		return HandshakeSecurity.ORDER;
	}

	@Override
	public void intercept(WsSession session, HandlerCallback callback, @Nullable Object argument, CallbackChain next)
			throws Throwable {
		SecurityContext before = this.sessions.enter(session);
		try {
			next.proceed(session, callback, argument);
		}
		catch (AccessDeniedException ex) {
			if (callback != HandlerCallback.ERROR) {
				throw ex;
			}
			logger.debug("A client was denied a callback of endpoint " + session.endpoint(), ex);
			session.close(CloseStatus.POLICY_VIOLATION.withReason("access denied"));
		}
		finally {
			this.sessions.leave(before);
		}
	}

}
