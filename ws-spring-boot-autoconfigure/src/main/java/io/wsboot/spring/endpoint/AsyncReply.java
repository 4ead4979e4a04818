package io.wsboot.spring.endpoint;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import io.wsboot.WsSession;

import org.springframework.util.ReflectionUtils;

/**
 * Sends what a {@link CompletionStage} yields, when it does. What it fails with is thrown
 * in turn with the session's callbacks, so that it ends where theirs does.
 */
final class AsyncReply implements Reply {

	@Override
	public void send(WsSession session, Object stage) {
		((CompletionStage<?>) stage).whenComplete((value, failure) -> {
			if (failure != null) {
				fail(session, unwrap(failure));
			}
			else if (value != null) {
				trySend(session, value);
			}
		});
	}

	private static void trySend(WsSession session, Object value) {
		try {
			session.convertAndSend(value);
		}
		catch (RuntimeException ex) {
			fail(session, ex);
		}
	}

	private static void fail(WsSession session, Throwable error) {
		session.execute((open) -> {
			ReflectionUtils.rethrowException(error);
		});
	}

	private static Throwable unwrap(Throwable failure) {
		Throwable cause = failure.getCause();
		boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
		return (wrapped && cause != null) ? cause : failure;
	}

}
