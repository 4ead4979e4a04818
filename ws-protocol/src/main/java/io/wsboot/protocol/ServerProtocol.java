package io.wsboot.protocol;

import java.nio.ByteBuffer;

import io.wsboot.CloseStatus;
import io.wsboot.EndpointOptions;
import io.wsboot.frame.FrameRules;
import io.wsboot.protocol.ProtocolListener.CloseCause;
import io.wsboot.protocol.outgoing.ControlFrames;
import io.wsboot.protocol.outgoing.DataFrames;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one WebSocket connection (RFC 6455). Takes the bytes of the peer,
 * tells listeners what they mean, and gives the listeners the bytes to answer with. A
 * connection begins with the first byte of its request; or behind its handshake, if
 * somebody else has read and judged the request. The protocol knows no socket, clock or
 * thread, and no input makes a method throw. The protocol does not judge requests (path,
 * origin, identity), send data frames (see {@link DataFrames}) or limit rates. Not
 * thread-safe.
 */
public final class ServerProtocol {

	private final Scratch scratch;

	private State state;

	/** Whether no frame is read; whether earlier bytes may make another part. */
	private boolean paused, more;

	/** Until the request has been answered; null if somebody else reads the request. */
	private @Nullable RequestStage request;

	/** From {@link #open} on. */
	private @Nullable ProtocolListener listener;

	/** While OPEN and CLOSING. */
	private @Nullable FrameStage frames;

	/** How the connection ends if no more bytes come. */
	private Ending ending = Ending.ABNORMAL;

	/**
	 * Begins with the first byte of the request.
	 * @param limits bound the head of the request
	 * @param scratch shared by the connections of one thread
	 * @param compression what the server is willing to agree on
	 * @param listener is told of the request
	 */
	public ServerProtocol(ProtocolLimits limits, Scratch scratch, Compression.Offer compression,
			HandshakeListener listener) {
		this.scratch = scratch;
		this.request = new RequestStage(this, limits, compression, listener);
		this.state = State.HANDSHAKING;
	}

	/**
	 * Begins behind the handshake: somebody else reads, judges and answers the request.
	 * Nothing is read before {@link #open}.
	 * @param scratch shared by the connections of one thread
	 */
	public ServerProtocol(Scratch scratch) {
		this.scratch = scratch;
		this.state = State.DECIDING;
	}

	/**
	 * Takes bytes from the peer. All bytes are used up, unless the request waits for a
	 * decision or the connection is {@link #pause paused}: the bytes that are left must
	 * then be given again later, before newer bytes.
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

	/** Ends the connection: the peer will send no more bytes. */
	public void endOfInput() {
		boolean wasOpen = mayClose() || this.state == State.CLOSING;
		release(State.CLOSED);
		if (wasOpen) {
			listener().onClosed(this.ending.status(), this.ending.cause());
		}
	}

	/**
	 * Stops reading frames until {@link #resume}. The current message, or the current
	 * part of it, is still handed on.
	 */
	public void pause() {
		this.paused = this.state.compareTo(State.OPEN) <= 0;
	}

	/** Goes on reading with the next {@link #receive}. */
	public void resume() {
		this.paused = false;
	}

	/** False while paused or undecided, and while our Close frame is delayed. */
	public boolean reads() {
		return !this.paused && this.state != State.DECIDING && this.state != State.ENDING;
	}

	/** How many bytes of the current frame have not arrived yet, 0 or more. */
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

	/** Whether {@link #close} would send a Close frame, which would be our first. */
	public boolean mayClose() {
		return this.state == State.OPEN || this.state == State.ENDING;
	}

	/** Whether the peer has neither sent its Close frame nor broken the protocol. */
	boolean answersPings() {
		return this.frames != null;
	}

	/** Whether the next frame is to be read. */
	boolean readsFrames() {
		return !this.paused && this.frames != null;
	}

	/**
	 * The request that waits for a decision.
	 * @return accepts or refuses the request
	 * @throws IllegalStateException if no request waits for a decision
	 */
	public RequestStage request() {
		if (this.request == null || this.state != State.DECIDING) {
			throw new IllegalStateException("no request waits for a decision");
		}
		return this.request;
	}

	/** The request has been read: nothing more is read before it is decided about. */
	void decide() {
		this.state = State.DECIDING;
	}

	/**
	 * Opens the connection. The next bytes are the first frames.
	 * @param agreement the agreement with the client
	 * @param options how the endpoint takes messages
	 * @param limits bound frames and messages
	 * @param listener is told what happens from here on
	 * @throws IllegalStateException if the connection cannot be opened (any more)
	 */
	public void open(Agreement agreement, EndpointOptions options, ProtocolLimits limits, ProtocolListener listener) {
		if (this.state != State.DECIDING) {
			throw new IllegalStateException("the connection is " + this.state);
		}
		this.request = null;
		this.listener = listener;
		this.frames = new FrameStage(this, limits, IncomingFrames.ownOf(FrameRules.SERVER, options, limits,
				this.scratch.memory(), agreement.inflater(this.scratch.inflaters())));
		this.state = State.OPEN;
	}

	/**
	 * Sends a Close frame behind all bytes that have been sent before. Only the first
	 * call counts, and no call behind an answer to the peer's Close frame does. If that
	 * answer is {@linkplain ProtocolListener#delaysClose delayed}, this call ends the
	 * conversation.
	 * @param status why; a code that may be sent
	 * @param urgent whether messages that wait are given up for the Close frame
	 */
	public void close(CloseStatus status, boolean urgent) {
		if (this.state == State.OPEN && this.frames != null) {
			ProtocolListener told = listener();
			this.state = State.CLOSING;
			this.listener = new ClosingListener(told);
			this.ending = new Ending(status, CloseCause.LOST);
			this.paused = false;
			this.frames.discardMessages();
			told.writeClose(ControlFrames.SERVER.close(status), urgent);
		}
		else if (this.state == State.ENDING) {
			end(new Ending(status, CloseCause.LOCAL), urgent);
		}
	}

	/**
	 * Sends the {@linkplain ProtocolListener#delaysClose delayed} Close frame, which ends
	 * the conversation.
	 * @return false if no Close frame is delayed
	 */
	public boolean end() {
		boolean delayed = this.state == State.ENDING;
		if (delayed) {
			end(this.ending, false);
		}
		return delayed;
	}

	/**
	 * Ends the conversation at once as if the peer had broken the protocol, for limits
	 * that others count. Messages that wait are given up.
	 * @param status the status that the peer is told
	 */
	public void fail(CloseStatus status) {
		Ending failure = new Ending(status, CloseCause.VIOLATION);
		if (this.state == State.OPEN) {
			end(failure, true);
		}
		else {
			peerEnds(failure);
		}
	}

	/**
	 * Ends the conversation at once, for want of memory: messages that wait are given up.
	 * @param status the status that the peer is told; a code that may be sent
	 * @return false if no Close frame can be sent, and nothing has happened
	 */
	public boolean abandon(CloseStatus status) {
		boolean mayClose = mayClose();
		if (mayClose) {
			end(new Ending(status, CloseCause.LOCAL), true);
		}
		return mayClose;
	}

	/** Bytes of memory for the part of a request or message that has arrived. */
	public long held() {
		return (this.frames != null) ? this.frames.held() : (this.request != null) ? this.request.held() : 0;
	}

	/** Bytes of memory that are kept between messages, as the peer may refer to them. */
	public int kept() {
		return (this.frames != null) ? this.frames.kept() : 0;
	}

	/** The listener; it is told no message once our Close frame has been sent. */
	ProtocolListener listener() {
		if (this.listener == null) {
			throw new IllegalStateException("the connection is not open yet");
		}
		return this.listener;
	}

	Scratch scratch() {
		return this.scratch;
	}

	/** The peer closes, answers our Close frame, or has broken the protocol. */
	void peerEnds(Ending ending) {
		if (this.state == State.CLOSING) {
			release(State.CLOSED);
			listener().onClosed(this.ending.status(), CloseCause.LOCAL);
		}
		else if (this.state == State.OPEN && listener().delaysClose(ending.status())) {
			release(State.ENDING);
			this.ending = ending;
		}
		else if (this.state == State.OPEN) {
			end(ending, false);
		}
	}

	/**
	 * Ends with a Close frame. The state is CLOSED before the listener hears of the end,
	 * so that its calls back can neither send a second Close frame nor end twice.
	 */
	private void end(Ending ending, boolean urgent) {
		release(State.CLOSED);
		ProtocolListener told = listener();
		told.writeClose(ControlFrames.SERVER.close(ending.toPeer()), urgent);
		told.onClosed(ending.status(), ending.cause());
	}

	/** Frees all memory, as the peer may take long to go. */
	void release(State next) {
		this.state = next;
		this.paused = false;
		this.request = null;
		if (this.frames != null) {
			this.frames.release();
			this.frames = null;
		}
	}

}
