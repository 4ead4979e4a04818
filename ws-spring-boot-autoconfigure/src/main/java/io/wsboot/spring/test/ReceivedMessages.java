package io.wsboot.spring.test;

import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.wsboot.CloseStatus;
import org.jspecify.annotations.Nullable;

/**
 * Queues what a client receives for the test's thread: {@code String}, {@code byte[]},
 * {@link Pong}, and at last a {@link CloseStatus}.
 */
final class ReceivedMessages implements WebSocket.Listener {

	private final BlockingQueue<Object> queue = new LinkedBlockingQueue<>();

	private final CompletableFuture<CloseStatus> ended = new CompletableFuture<>();

	private final StringBuilder text = new StringBuilder();

	private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

	<T> T next(String expected, Class<T> type, Duration timeout) {
		Object next = poll(timeout);
		if (next == null) {
			throw new AssertionError("expected " + expected + ", but nothing came within " + timeout);
		}
		if (!type.isInstance(next)) {
			throw new AssertionError("expected " + expected + ", but received " + describe(next));
		}
		return type.cast(next);
	}

	void nothingFor(Duration time) {
		Object next = poll(time);
		if (next != null) {
			throw new AssertionError("expected nothing for " + time + ", but received " + describe(next));
		}
	}

	/** Waits for the end of the session; false if the session does not end in time. */
	boolean endsWithin(Duration timeout) {
		try {
			this.ended.copy().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).join();
			return true;
		}
		catch (CompletionException ex) {
			return false;
		}
	}

	/** Runs an action when the session has ended, or when the timeout has passed. */
	void whenEnded(Runnable action, Duration timeout) {
		this.ended.copy()
			.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
			.whenComplete((status, failure) -> action.run());
	}

	private @Nullable Object poll(Duration time) {
		try {
			return this.queue.poll(time.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted while waiting", ex);
		}
	}

	private static String describe(Object received) {
		if (received instanceof CloseStatus status) {
			return "the end of the session with " + status;
		}
		if (received instanceof byte[] bytes) {
			return bytes.length + " bytes";
		}
		return (received instanceof String text) ? "the text \"" + text + '"' : "a " + received;
	}

	@Override
	public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
		this.text.append(part);
		if (last) {
			this.queue.add(this.text.toString());
			this.text.setLength(0);
		}
		socket.request(1);
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
		this.binary.writeBytes(bytes(part));
		if (last) {
			this.queue.add(this.binary.toByteArray());
			this.binary.reset();
		}
		socket.request(1);
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer payload) {
		this.queue.add(new Pong(bytes(payload)));
		socket.request(1);
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
		end(new CloseStatus(code, reason));
		return null;
	}

	@Override
	public void onError(WebSocket socket, Throwable error) {
		end(CloseStatus.ABNORMAL.withReason(String.valueOf(error.getMessage())));
	}

	private void end(CloseStatus status) {
		if (this.ended.complete(status)) {
			this.queue.add(status);
		}
	}

	private static byte[] bytes(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.remaining()];
		buffer.get(bytes);
		return bytes;
	}

	/** The payload of a Pong. */
	record Pong(byte[] payload) {

		@Override
		public String toString() {
			return "Pong of " + this.payload.length + " bytes";
		}

	}

}
