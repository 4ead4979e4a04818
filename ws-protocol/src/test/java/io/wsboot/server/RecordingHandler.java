package io.wsboot.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.wsboot.CloseStatus;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Writes down every callback, to be taken one by one until nothing is left. What it does
 * besides is up to the {@link Script}.
 */
public final class RecordingHandler implements WsHandler {

	private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

	private final Script script;

	public RecordingHandler() {
		this((session, what) -> {
		});
	}

	public RecordingHandler(Script script) {
		this.script = script;
	}

	/** What else happens in a callback. */
	@FunctionalInterface
	public interface Script {

		void on(WsSession session, String what) throws Exception;

	}

	/**
	 * A callback.
	 *
	 * @param session its session
	 * @param what name and argument
	 * @param thread the name of the thread
	 */
	public record Call(WsSession session, String what, String thread) {
	}

	private void record(WsSession session, String what) throws Exception {
		this.calls.add(new Call(session, what, Thread.currentThread().getName()));
		this.script.on(session, what);
	}

	@Override
	public void onOpen(WsSession session) throws Exception {
		record(session, "open");
	}

	@Override
	public void onText(WsSession session, String text) throws Exception {
		record(session, "text " + text);
	}

	@Override
	public void onBinary(WsSession session, ByteBuffer payload) throws Exception {
		record(session, "binary " + payload.remaining());
	}

	@Override
	public void onPong(WsSession session, ByteBuffer payload) throws Exception {
		record(session, "pong " + StandardCharsets.UTF_8.decode(payload));
	}

	@Override
	public void onDrained(WsSession session) throws Exception {
		record(session, "drained");
	}

	@Override
	public void onDropped(WsSession session, int messages) throws Exception {
		record(session, "dropped " + messages);
	}

	@Override
	public void onClose(WsSession session, CloseStatus status) throws Exception {
		record(session, "close " + status.code());
	}

	@Override
	public void onError(WsSession session, Throwable error) throws Throwable {
		record(session, "error " + error.getMessage());
		throw error;
	}

	public Call next() {
		try {
			Call call = this.calls.poll(10, TimeUnit.SECONDS);
			assertThat(call).as("callback in time").isNotNull();
			return call;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The next call is this one. */
	public Call expect(String what) {
		Call call = next();
		assertThat(call.what()).isEqualTo(what);
		return call;
	}

	/** The next calls of a session that opens. */
	public WsSession expectOpen() {
		return expect("open").session();
	}

	void expectNothing() {
		assertThat(this.calls).isEmpty();
	}

}
