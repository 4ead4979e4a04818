package io.wsboot.protocol;

import java.nio.ByteBuffer;

import io.wsboot.CloseStatus;
import io.wsboot.EndpointOptions;
import io.wsboot.HandshakeDecision;
import io.wsboot.Headers;
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

	private final Scratch scratch;

	private final ProtocolListener listener;

	private State state = State.HANDSHAKING;

	/** Whether nothing is handed on; whether something that was read may be. */
	private boolean paused, more;

	/** Until the request has been answered. */
	private @Nullable RequestStage request;

	/** While OPEN and CLOSING. */
	private @Nullable FrameStage frames;

	/** How it ends if nothing more comes. */
	private Ending ending = Ending.ABNORMAL;

	/**
	 * A conversation that waits for its first byte. The scratch is shared by those of one
	 * thread.
	 */
	public ServerProtocol(ProtocolLimits limits, Scratch scratch, Compression.Offer compression,
			ProtocolListener listener) {
		this.scratch = scratch;
		this.listener = listener;
		this.request = new RequestStage(this, limits, compression);
	}

	/**
	 * Takes bytes from the peer. All of them are used up, unless the conversation waits
	 * for a decision or is {@link #pause paused}: what is left must then be offered again
	 * later, before newer bytes.
	 * @param in the bytes, in little-endian order; lent until the method returns
	 */
	public void receive(ByteBuffer in) {
		if (this.state == State.HANDSHAKING && this.request != null) {
			this.request.receive(in);
		}
		if (this.frames != null) {
			this.more = this.frames.receive(in);
		}
		if (this.state == State.CLOSED || this.state == State.ENDING) {
			in.position(in.limit());
		}
	}

	/** The peer will send no more bytes. */
	public void endOfInput() {
		end(this.ending);
	}

	/**
	 * Stops reading messages until {@link #resume}; the current one, or the current part
	 * of it, is still handed on.
	 */
	public void pause() {
		this.paused = this.state.compareTo(State.OPEN) <= 0;
	}

	/** Goes on reading with the next {@link #receive}. */
	public void resume() {
		this.paused = false;
	}

	/** Not while paused or undecided, nor while our Close frame is delayed. */
	public boolean reads() {
		return !this.paused && this.state != State.DECIDING && this.state != State.ENDING;
	}

	/** How many bytes of the frame that is being read are yet to come, 0 or more. */
	public long expected() {
		return (this.frames == null) ? 0 : this.frames.expected();
	}

	/**
	 * Whether {@link #receive} would have something to do even without bytes, as a pause
	 * has come in the middle of a message that inflates to several parts.
	 * @return false while paused
	 */
	public boolean hasMore() {
		return this.more && !this.paused && this.frames != null;
	}

	/** From {@link #accept} until the first Close frame in either direction. */
	public boolean isOpen() {
		return this.state == State.OPEN;
	}

	/** Whether {@link #close} would send a Close frame, which is our first. */
	public boolean mayClose() {
		return this.state == State.OPEN || this.state == State.ENDING;
	}

	/** Whether the peer has not sent its Close frame, nor failed the connection. */
	boolean answersPings() {
		return this.frames != null;
	}

	/** Whether the next frame is wanted. */
	boolean readsFrames() {
		return !this.paused && this.frames != null;
	}

	/**
	 * Opens the connection: writes 101 (RFC 6455 §4.2.2).
	 * @param decision the decision
	 * @param options what the endpoint speaks, and how it takes messages
	 * @param limits what its frames and messages may cost
	 * @return what has been agreed on
	 * @throws IllegalArgumentException if the decision does not fit the request; nothing
	 * has been written then
	 * @throws IllegalStateException if no request waits for a decision
	 */
	public Agreement accept(HandshakeDecision.Accept decision, EndpointOptions options, ProtocolLimits limits) {
		RequestStage request = undecided();
		ByteBuffer response = request.accept(decision, options.subprotocols());
		this.request = null;
		this.state = State.OPEN;
		this.frames = new FrameStage(this, limits,
				IncomingFrames.ownOf(options, limits, this.scratch, request.inflater()));
		this.listener.writeResponse(response);
		return request.agreement();
	}

	/**
	 * Refuses the request that waits for a decision. The conversation is over then,
	 * without {@code onClosed}.
	 */
	public void refuse(HandshakeDecision.Refuse refusal) {
		answer(refusal.status(), refusal.headers());
	}

	/** Answers it as {@link #refuse} does, with any HTTP status. */
	public void answer(int status, Headers fields) {
		answer(undecided().answer(status, fields));
	}

	/**
	 * Sends a Close frame, behind all that has been sent before. Only the first call
	 * counts, and none behind an answer to the peer's. If that answer is
	 * {@linkplain ProtocolListener#delaysClose delayed}, this is the end.
	 * @param status why; a code that may be sent
	 * @param urgent whether messages that wait are to be given up for it
	 */
	public void close(CloseStatus status, boolean urgent) {
		if (this.state == State.OPEN && this.frames != null) {
			this.state = State.CLOSING;
			this.ending = new Ending(status, CloseCause.LOST);
			this.paused = false;
			this.frames.discardMessages();
			this.listener.writeClose(ControlFrames.close(status), urgent);
		}
		else if (this.state == State.ENDING) {
			end(new Ending(status, CloseCause.LOCAL), urgent);
		}
	}

	/**
	 * Sends the {@linkplain ProtocolListener#delaysClose delayed} Close frame: the end.
	 * @return false if there is none
	 */
	public boolean end() {
		boolean delayed = this.state == State.ENDING;
		if (delayed) {
			end(this.ending, false);
		}
		return delayed;
	}

	/**
	 * Ends the conversation as if the peer had broken the protocol, for limits that are
	 * counted outside: at once, whatever waits.
	 * @param status what to tell the peer
	 */
	public void fail(CloseStatus status) {
		if (this.state == State.OPEN) {
			end(new Ending(status, CloseCause.VIOLATION), true);
		}
		else {
			peerEnds(new Ending(status, CloseCause.VIOLATION));
		}
	}

	/**
	 * Ends the conversation at once, for want of memory: whatever waits is not kept.
	 * @param status what to tell the peer; a code that may be sent
	 * @return false if no Close frame can be sent, and nothing has happened
	 */
	public boolean abandon(CloseStatus status) {
		boolean mayClose = mayClose();
		if (mayClose) {
			end(new Ending(status, CloseCause.LOCAL), true);
		}
		return mayClose;
	}

	/** Bytes of memory for what has come in part, be it of a request or a message. */
	public long held() {
		return (this.frames != null) ? this.frames.held() : (this.request != null) ? this.request.held() : 0;
	}

	/** Bytes that are kept between messages, as the peer may refer to them. */
	public int kept() {
		return (this.frames != null) ? this.frames.kept() : 0;
	}

	ProtocolListener listener() {
		return this.listener;
	}

	Scratch scratch() {
		return this.scratch;
	}

	private RequestStage undecided() {
		if (this.request == null || this.state != State.DECIDING) {
			throw new IllegalStateException("no request waits for a decision");
		}
		return this.request;
	}

	/** A request has been read; nothing more is before it is decided about. */
	void decide() {
		this.state = State.DECIDING;
	}

	/** The answer to a request that opens nothing. */
	void answer(ByteBuffer response) {
		letGo(State.CLOSED);
		this.listener.writeResponse(response);
	}

	/** The peer closes, or answers our Close frame, or has broken the protocol. */
	void peerEnds(Ending ending) {
		if (this.state == State.CLOSING) {
			end(new Ending(this.ending.status(), CloseCause.LOCAL));
		}
		else if (this.state == State.OPEN && this.listener.delaysClose(ending.status())) {
			letGo(State.ENDING);
			this.ending = ending;
		}
		else if (this.state == State.OPEN) {
			end(ending, false);
		}
	}

	/**
	 * Ends with a Close frame. It is over before the listener hears of it, whose calls
	 * back then can neither send a second one nor end it twice.
	 */
	private void end(Ending ending, boolean urgent) {
		letGo(State.CLOSED);
		this.listener.writeClose(ControlFrames.close(ending.toPeer()), urgent);
		this.listener.onClosed(ending.status(), ending.cause());
	}

	/** Ends without one. */
	private void end(Ending ending) {
		boolean wasOpen = mayClose() || this.state == State.CLOSING;
		letGo(State.CLOSED);
		if (wasOpen) {
			this.listener.onClosed(ending.status(), ending.cause());
		}
	}

	/** The peer may take long to go; nothing is held for it meanwhile. */
	private void letGo(State next) {
		this.state = next;
		this.paused = false;
		this.request = null;
		if (this.frames != null) {
			this.frames.release();
			this.frames = null;
		}
	}

}
