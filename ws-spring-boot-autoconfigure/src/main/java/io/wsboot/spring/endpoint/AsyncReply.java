package io.wsboot.spring.endpoint;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import io.wsboot.CloseStatus;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a {@link CompletionStage} yields, when it does. A failure goes to the
 * endpoint, on the thread that completed the stage. Nobody is left there to catch what
 * the endpoint throws, so it is logged here and the session closed with 1011, as the
 * server does for a callback that throws.
 */
final class AsyncReply implements Reply {

	private static final Log logger = LogFactory.getLog(AsyncReply.class);

	@Override
	public void send(WsSession session, Object stage, WsHandler endpoint) {
		((CompletionStage<?>) stage).whenComplete((value, failure) -> {
			Throwable error = (failure != null) ? unwrap(failure) : trySend(session, value);
			if (error != null) {
				report(session, error, endpoint);
			}
		});
	}

	private static @Nullable Throwable trySend(WsSession session, @Nullable Object value) {
		try {
			if (value != null) {
				session.convertAndSend(value);
			}
			return null;
		}
		catch (RuntimeException ex) {
			return ex;
		}
	}

	private static void report(WsSession session, Throwable error, WsHandler endpoint) {
		if (!session.isOpen()) {
			logger.debug("An asynchronous reply failed when its session was closed already", error);
			return;
		}
		try {
			endpoint.onError(session, error);
		}
		catch (Throwable ex) {
			logger.error("The asynchronous reply of endpoint " + session.endpoint() + " failed", ex);
			session.close(CloseStatus.INTERNAL_ERROR);
		}
	}

	private static Throwable unwrap(Throwable failure) {
		Throwable cause = failure.getCause();
		boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
		return (wrapped && cause != null) ? cause : failure;
	}

}
