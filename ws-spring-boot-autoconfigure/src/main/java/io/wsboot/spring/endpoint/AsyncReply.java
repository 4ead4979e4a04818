package io.wsboot.spring.endpoint;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.util.ReflectionUtils;

/**
 * Sends what a {@link CompletionStage} yields, when it does.
 *
 * @param failure is told what it fails with instead
 */
record AsyncReply(BiConsumer<WsSession, Throwable> failure) implements Reply {

	private static final Log logger = LogFactory.getLog(AsyncReply.class);

	/**
	 * One whose failure is thrown in turn with the session's callbacks, so that it goes
	 * where theirs do.
	 */
	static AsyncReply ofCallback() {
		return new AsyncReply((session, error) -> session.execute((open) -> ReflectionUtils.rethrowException(error)));
	}

	/**
	 * One of a method that deals with failures, to which its own must not go again.
	 */
	static AsyncReply ofErrorCallback() {
		return new AsyncReply((session, error) -> {
			logger.error("The asynchronous reply of an @OnError method of endpoint " + session.endpoint() + " failed",
					error);
			session.close(CloseStatus.INTERNAL_ERROR);
		});
	}

	@Override
	public void send(WsSession session, Object stage) {
		((CompletionStage<?>) stage).whenComplete((value, error) -> {
			if (error != null) {
				this.failure.accept(session, unwrap(error));
			}
			else if (value != null) {
				trySend(session, value);
			}
		});
	}

	private void trySend(WsSession session, Object value) {
		try {
			session.convertAndSend(value);
		}
		catch (RuntimeException ex) {
			this.failure.accept(session, ex);
		}
	}

	private static Throwable unwrap(Throwable failure) {
		Throwable cause = failure.getCause();
		boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
		return (wrapped && cause != null) ? cause : failure;
	}

}
