package io.wsboot.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.frame.ClosePayload;
import io.wsboot.frame.FrameReader;
import io.wsboot.frame.Opcode;
import io.wsboot.frame.ProtocolViolation;
import io.wsboot.handshake.HandshakeLimits;
import io.wsboot.handshake.MalformedRequest;
import io.wsboot.handshake.OpeningHandshake;
import io.wsboot.handshake.RequestHead;
import io.wsboot.handshake.RequestReader;
import io.wsboot.handshake.ResponseWriter;
import io.wsboot.protocol.ProtocolListener.CloseCause;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one WebSocket conversation, from the first byte of HTTP to the
 * Close frame (RFC 6455): it is given what the peer sends, tells a
 * {@link ProtocolListener} what that means, and hands it the bytes to answer with. Knows
 * no socket, clock or thread. Nothing that a peer sends makes it throw. Not thread-safe.
 * <p>
 * Does not judge requests (path, origin, who may come), does not send data frames (see
 * {@link DataFrames}), and does not limit rates.
 */
public final class ServerProtocol {

	private enum State {

		/** Reads the request. */
		HANDSHAKING,

		/** Waits for the decision about it; reads nothing. */
		DECIDING,

		OPEN,

		/**
		 * Our Close frame is sent, the peer's is not there yet: messages are no longer
		 * handed on.
		 */
		CLOSING,

		/** Whatever comes is ignored. */
		CLOSED

	}

	private final ProtocolLimits limits;

	private final Scratch scratch;

	private final ProtocolListener listener;

	private State state = State.HANDSHAKING;

	private boolean paused;

	/** Only while HANDSHAKING. */
	private @Nullable RequestReader requestReader;

	/** Only while DECIDING. */
	private @Nullable RequestHead request;

	/** While OPEN or CLOSING, as is the next. */
	private @Nullable FrameReader frame;

	private @Nullable MessageAssembler message;

	/** Only while a control frame has arrived in part. */
	private @Nullable PayloadBuffer control;

	/**
	 * Whether the header of the current frame has been dealt with, but not all of its
	 * payload.
	 */
	private boolean inFrame;

	/** What our Close frame said, from CLOSING on. */
	private CloseStatus closing = CloseStatus.ABNORMAL;

	/**
	 * A conversation that waits for its first byte.
	 * @param limits what it may cost
	 * @param scratch memory shared by the conversations of one thread
	 * @param listener hears of everything
	 */
	public ServerProtocol(ProtocolLimits limits, Scratch scratch, ProtocolListener listener) {
		this.limits = limits;
		this.scratch = scratch;
		this.listener = listener;
	}

	/**
	 * Takes bytes from the peer. All of them are used up, unless the conversation waits
	 * for a decision or is {@link #pause paused}: what is left must then be offered again
	 * later, before newer bytes.
	 * @param in the bytes, in {@link ByteOrder#LITTLE_ENDIAN little-endian} order; lent
	 * until the method returns
	 */
	public void receive(ByteBuffer in) {
		if (this.state == State.HANDSHAKING) {
			readRequest(in);
		}
		if (this.state == State.OPEN || this.state == State.CLOSING) {
			readFrames(in);
		}
		if (this.state == State.CLOSED) {
			in.position(in.limit());
		}
	}

	/** The peer will send no more bytes. */
	public void endOfInput() {
		end(this.state == State.CLOSING ? this.closing : CloseStatus.ABNORMAL, CloseCause.LOST);
	}

	/**
	 * Stops reading messages until {@link #resume}; the current one is still handed on.
	 */
	public void pause() {
		this.paused = true;
	}

	/** Goes on reading with the next {@link #receive}. */
	public void resume() {
		this.paused = false;
	}

	/**
	 * Whether {@link #receive} would use bytes now.
	 * @return false while paused or undecided
	 */
	public boolean reads() {
		return !this.paused && this.state != State.DECIDING;
	}

	/**
	 * Whether messages can be exchanged.
	 * @return true from {@link #accept} until the first Close frame in either direction
	 */
	public boolean isOpen() {
		return this.state == State.OPEN;
	}

	/**
	 * Opens the connection: writes 101 (RFC 6455 §4.2.2).
	 * @param decision the decision
	 * @param subprotocols what the endpoint speaks, best first
	 * @return the subprotocol agreed on, or null
	 * @throws IllegalArgumentException if the decision does not fit the request; nothing
	 * has been written then
	 * @throws IllegalStateException if no request waits for a decision
	 */
	public @Nullable String accept(HandshakeDecision.Accept decision, List<String> subprotocols) {
		RequestHead head = undecided();
		if (OpeningHandshake.examine(head) != null) {
			throw new IllegalArgumentException("the request is no opening handshake (RFC 6455 §4.2.1)");
		}
		String subprotocol = subprotocol(decision, subprotocols, head.headers().list("Sec-WebSocket-Protocol"));
		ByteBuffer response = ResponseWriter.accept(head, subprotocol, null, decision.headers());
		this.request = null;
		this.state = State.OPEN;
		this.frame = new FrameReader();
		this.message = new MessageAssembler(this.limits, this.scratch);
		this.listener.writeResponse(response);
		return subprotocol;
	}

	/**
	 * Refuses the request that waits for a decision. The conversation is over then,
	 * without {@code onClosed}.
	 * @param refusal the refusal
	 * @throws IllegalStateException if no request waits for a decision
	 */
	public void refuse(HandshakeDecision.Refuse refusal) {
		ByteBuffer response = ResponseWriter.refuse(refusal, undecided());
		this.request = null;
		this.state = State.CLOSED;
		this.listener.writeResponse(response);
	}

	/**
	 * Sends a Close frame, behind all that has been sent before. Only the first call
	 * counts, and none after the peer's Close frame.
	 * @param status why; a code that may be sent
	 * @param urgent whether messages that wait are to be given up for it
	 */
	public void close(CloseStatus status, boolean urgent) {
		if (this.state == State.OPEN) {
			this.state = State.CLOSING;
			this.closing = status;
			this.listener.writeClose(ControlFrames.close(status), urgent);
		}
	}

	/**
	 * Ends the conversation as if the peer had broken the protocol, for limits that are
	 * counted outside.
	 * @param status what to tell the peer
	 */
	public void fail(CloseStatus status) {
		if (this.state == State.OPEN) {
			end(status, true, status, CloseCause.VIOLATION);
		}
		else if (this.state == State.CLOSING) {
			end(this.closing, CloseCause.LOCAL);
		}
	}

	/** The server may only choose what the client offers (RFC 6455 §4.2.2). */
	private static @Nullable String subprotocol(HandshakeDecision.Accept decision, List<String> ours,
			List<String> offered) {
		String chosen = decision.subprotocol();
		if (chosen == null) {
			return OpeningHandshake.chooseSubprotocol(ours, offered);
		}
		if (!offered.contains(chosen)) {
			throw new IllegalArgumentException("subprotocol " + chosen + " was not offered (RFC 6455 §4.2.2)");
		}
		return chosen;
	}

	private RequestHead undecided() {
		if (this.request == null) {
			throw new IllegalStateException("no request waits for a decision");
		}
		return this.request;
	}

	private void readRequest(ByteBuffer in) {
		if (this.requestReader == null) {
			this.requestReader = new RequestReader(new HandshakeLimits(this.limits.maxRequestLine(),
					this.limits.maxHeadersSize(), this.limits.maxHeaders()));
		}
		try {
			RequestHead head = this.requestReader.read(in);
			if (head != null) {
				this.requestReader = null;
				this.request = head;
				this.state = State.DECIDING;
				this.listener.onRequest(new HandshakeRequest(head.path(), head.query(), head.headers()),
						OpeningHandshake.examine(head));
			}
		}
		catch (MalformedRequest ex) {
			this.requestReader = null;
			this.state = State.CLOSED;
			this.listener.writeResponse(ResponseWriter.refuse(ex.refusal(), null));
			this.listener.onRefused(ex.refusal().status());
		}
	}

	private void readFrames(ByteBuffer in) {
		FrameReader frame = this.frame;
		MessageAssembler message = this.message;
		if (frame == null || message == null) {
			throw new IllegalStateException("not open");
		}
		try {
			while (!this.paused && this.state != State.CLOSED && readFrame(frame, message, in)) {
				// one frame a turn
			}
		}
		catch (ProtocolViolation ex) {
			fail(ex.status());
		}
		if (this.state != State.CLOSED) {
			message.keep(frame);
			if (this.control != null) {
				this.control.keep(frame.remaining());
			}
		}
	}

	/** Reads the next frame, or the next part of it; false when more bytes are needed. */
	private boolean readFrame(FrameReader frame, MessageAssembler message, ByteBuffer in) {
		if (!this.inFrame) {
			if (!frame.readHeader(in)) {
				return false;
			}
			this.inFrame = true;
			if (frame.opcode().isControl()) {
				this.control = new PayloadBuffer(this.scratch.control);
			}
			else {
				message.begin(frame);
			}
		}
		PayloadBuffer control = this.control;
		if (control != null) {
			control.read(frame, in);
		}
		else {
			message.read(frame, in);
		}
		if (frame.remaining() > 0) {
			return false;
		}
		this.inFrame = false;
		if (control != null) {
			this.control = null;
			controlFrame(frame.opcode(), control);
		}
		else if (frame.fin()) {
			wholeMessage(message);
		}
		return true;
	}

	private void wholeMessage(MessageAssembler message) {
		if (message.isText()) {
			String text = message.text();
			int size = message.size();
			message.end();
			if (this.state == State.OPEN) {
				this.listener.onText(text, size);
			}
		}
		else {
			if (this.state == State.OPEN) {
				this.listener.onBinary(message.bytes(this.scratch));
			}
			message.end();
		}
	}

	private void controlFrame(Opcode opcode, PayloadBuffer payload) {
		if (opcode == Opcode.CLOSE) {
			peerCloses(ClosePayload.parse(payload.bytes(), payload.length()));
		}
		else if (this.state == State.OPEN) {
			if (opcode == Opcode.PONG) {
				this.listener.onPong(this.scratch.view(payload.bytes(), payload.length()));
				return;
			}
			this.listener.onPing(this.scratch.view(payload.bytes(), payload.length()));
			if (this.state == State.OPEN) {
				this.listener.writePong(ControlFrames.pong(this.scratch.view(payload.bytes(), payload.length())));
			}
		}
	}

	/**
	 * The peer's Close frame answers ours, or is answered with the same code (RFC 6455
	 * §5.5.1).
	 */
	private void peerCloses(CloseStatus status) {
		if (this.state == State.CLOSING) {
			end(this.closing, CloseCause.LOCAL);
			return;
		}
		end(status.withReason(""), false, status, CloseCause.PEER);
	}

	/**
	 * Ends with a Close frame. It is over before the listener hears of it, whose calls
	 * back then can neither send a second one nor end it twice.
	 */
	private void end(CloseStatus last, boolean urgent, CloseStatus status, CloseCause cause) {
		letGo();
		this.listener.writeClose(ControlFrames.close(last), urgent);
		this.listener.onClosed(status, cause);
	}

	private void end(CloseStatus status, CloseCause cause) {
		boolean wasOpen = this.state == State.OPEN || this.state == State.CLOSING;
		letGo();
		if (wasOpen) {
			this.listener.onClosed(status, cause);
		}
	}

	/**
	 * The peer may take long to go, and until then holds no more memory than it needs.
	 */
	private void letGo() {
		this.state = State.CLOSED;
		this.requestReader = null;
		this.request = null;
		this.frame = null;
		this.message = null;
		this.control = null;
	}

}
