package io.wsboot.spring.endpoint.reply;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;

import io.wsboot.CloseStatus;
import io.wsboot.PayloadConverter;
import io.wsboot.WsSession;
import io.wsboot.spring.endpoint.method.KotlinCallbacks;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.util.ReflectionUtils;

/**
 * Sends the value of a {@link CompletionStage} when the stage completes.
 *
 * @param writer turns the value into a message
 * @param failure takes the exception of a stage that fails
 */
record AsyncReply(PayloadConverter writer, BiConsumer<WsSession, Throwable> failure) implements Reply<WsSession> {

	private static final Log logger = LogFactory.getLog(AsyncReply.class);

	/**
	 * Throws the failure in turn with the session's callbacks, so that it goes to the
	 * same error handlers as a failure of theirs.
	 */
	static void failCallback(WsSession session, Throwable error) {
		session.execute((open) -> ReflectionUtils.rethrowException(error));
	}

	/**
	 * Logs a failure of an {@code @OnError} method, which must not go to that method
	 * again, and closes the session.
	 */
	static void failErrorCallback(WsSession session, Throwable error) {
		logger.error("The asynchronous reply of an @OnError method of endpoint " + session.endpoint()
				+ " failed in session " + session.id(), error);
		session.close(CloseStatus.INTERNAL_ERROR);
	}

	@Override
	public void send(WsSession session, Object stage) {
		((CompletionStage<?>) stage).whenComplete((value, error) -> {
			if (error != null) {
				this.failure.accept(session, unwrap(error));
			}
			else if (value != null && !KotlinCallbacks.isUnit(value.getClass())) {
				trySend(session, value);
			}
		});
	}

	private void trySend(WsSession session, Object value) {
		try {
			session.send(this.writer.toMessage(value));
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
