package io.wsboot.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Writes down what a conversation tells and sends, one line each, and fails at once if
 * that breaks the order which {@link HandshakeListener} and {@link ProtocolListener}
 * promise. A test must ask for all that was written down: {@link #close} fails if
 * something is left.
 *
 * <pre>
 * request /echo            refused 400            response 101
 * text abc    binary 00FF  ping 00    pong 00
 * text-part abc  binary-last 00FF  (of messages that are handed on piecewise)
 * sends 8A0100             (a Pong, or a Close frame behind what waits)
 * sends close 1002         (a Close frame for a breach of the protocol)
 * sends close 1008 at once (an urgent one)
 * closed PEER 1000 bye     closed VIOLATION 1002 (whose reason is that of the frame sent)
 * </pre>
 */
final class ProtocolRecorder implements HandshakeListener, ProtocolListener, AutoCloseable {

	private final List<String> events = new ArrayList<>();

	private final Map<String, Runnable> reactions = new HashMap<>();

	private @Nullable String reasonSent;

	/** Our Close frame, if it is not urgent. */
	private @Nullable ByteBuffer behindOthers;

	private String response = "";

	private boolean closeSent;

	private boolean closed;

	/** From now on does something within every callback of a kind, such as "text". */
	void on(String kind, Runnable reaction) {
		this.reactions.put(kind, reaction);
	}

	/** All that has happened since the last time it was asked for. */
	List<String> events() {
		List<String> taken = List.copyOf(this.events);
		this.events.clear();
		return taken;
	}

	void expect(String... expected) {
		assertThat(events()).containsExactly(expected);
	}

	/**
	 * What our Close frame says if it is urgent or for a breach of the protocol; null if
	 * there was none.
	 */
	@Nullable String reasonSent() {
		return this.reasonSent;
	}

	/** The answer to the request; empty if there was none. */
	String response() {
		return this.response;
	}

	boolean isClosed() {
		return this.closed;
	}

	@Override
	public void close() {
		assertThat(this.events).as("events that the test did not ask for").isEmpty();
	}

	@Override
	public void onRefused(HandshakeDecision.Refuse refusal) {
		event("refused", Integer.toString(refusal.status()));
	}

	@Override
	public void onRequest(String method, HandshakeRequest request, HandshakeDecision.@Nullable Refuse fault) {
		event("request", request.path() + ((fault != null) ? " fault " + fault.status() : ""));
	}

	@Override
	public void onText(String text, int size) {
		assertThat(text.getBytes(StandardCharsets.UTF_8)).as("text of the size told").hasSize(size);
		message("text", text);
	}

	@Override
	public void onBinary(ByteBuffer payload) {
		message("binary", hex(payload));
	}

	@Override
	public void onTextPart(String part, int size, boolean last) {
		assertThat(part.getBytes(StandardCharsets.UTF_8)).as("part of the size told").hasSize(size);
		assertThat(last || size > 0).as("only the last part is empty").isTrue();
		message(last ? "text-last" : "text-part", part);
	}

	@Override
	public void onBinaryPart(ByteBuffer part, boolean last) {
		assertThat(last || part.hasRemaining()).as("only the last part is empty").isTrue();
		message(last ? "binary-last" : "binary-part", hex(part));
	}

	@Override
	public void onPing(ByteBuffer payload) {
		assertThat(this.closed).as("closed already").isFalse();
		event("ping", hex(payload));
	}

	@Override
	public void onPong(ByteBuffer payload) {
		message("pong", hex(payload));
	}

	@Override
	public void onClosed(CloseStatus status, CloseCause cause) {
		assertThat(this.closed).as("closed already").isFalse();
		this.closed = true;
		if (cause == CloseCause.VIOLATION) {
			if (this.behindOthers != null) {
				this.events.set(this.events.size() - 1, "sends " + codeOf(this.behindOthers));
			}
			assertThat(new String(status.reasonBytes(), StandardCharsets.UTF_8)).as("reason told and sent")
				.isEqualTo(this.reasonSent);
			event("closed", cause + " " + status.code());
		}
		else {
			event("closed", cause + " " + status);
		}
	}

	@Override
	public void writeResponse(ByteBuffer response) {
		String text = StandardCharsets.ISO_8859_1.decode(response).toString();
		assertThat(text).startsWith("HTTP/1.1 ");
		this.response = text;
		event("response", text.substring(9, 12));
	}

	@Override
	public void writePong(ByteBuffer frame) {
		assertThat(this.closed).as("nobody reads any more").isFalse();
		event("sends", hex(frame));
	}

	@Override
	public void writeClose(ByteBuffer frame, boolean urgent) {
		assertThat(this.closeSent).as("a Close frame is the last one").isFalse();
		assertThat(this.closed).as("closed already").isFalse();
		this.closeSent = true;
		if (urgent) {
			event("sends", codeOf(frame) + " at once");
		}
		else {
			this.behindOthers = frame.duplicate();
			event("sends", hex(frame));
		}
	}

	private String codeOf(ByteBuffer frame) {
		assertThat(frame.get()).isEqualTo((byte) 0x88);
		assertThat((int) frame.get()).isEqualTo(frame.remaining()).isBetween(2, 125);
		int code = frame.getShort();
		this.reasonSent = StandardCharsets.UTF_8.decode(frame).toString();
		return "close " + code;
	}

	private void message(String kind, String what) {
		assertThat(this.closeSent).as("messages are not handed on behind a Close frame").isFalse();
		assertThat(this.closed).as("closed already").isFalse();
		event(kind, what);
	}

	private void event(String kind, String what) {
		this.events.add(kind + " " + what);
		Runnable reaction = this.reactions.get(kind);
		if (reaction != null) {
			reaction.run();
		}
	}

	/** Copies what is lent. */
	private static String hex(ByteBuffer bytes) {
		assertThat(bytes.position()).as("begins at 0").isZero();
		byte[] copy = new byte[bytes.remaining()];
		bytes.get(copy);
		return HexFormat.of().withUpperCase().formatHex(copy);
	}

}
