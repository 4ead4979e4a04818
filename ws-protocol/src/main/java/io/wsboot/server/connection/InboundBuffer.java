package io.wsboot.server.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.wsboot.protocol.ServerProtocol;
import io.wsboot.server.inbound.Pause;
import io.wsboot.server.overload.InboundPressure;
import io.wsboot.server.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * What comes in from one peer, handed to the protocol as fast as that takes it. What it
 * does not take yet is kept and goes before whatever comes later; meanwhile nothing
 * is read, so that at most one buffer of it is held. On the connection's loop.
 */
final class InboundBuffer {

	/** What a session may keep of its handshake without its being counted. */
	private static final int USUAL_HEAD = 2 * 1024;

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);

	private final ServerProtocol protocol;

	private final Transport transport;

	private final InboundPressure pressure;

	/** One bit for each of {@link Pause}; written on the loop only. */
	private volatile byte pauses;

	private @Nullable ByteBuffer pending;

	private boolean receiving, ended, over;

	/** Bytes of the handshake that the session keeps, above the usual. */
	private int head;

	/** Bytes that the budget of all connections has been told of. */
	private int told;

	InboundBuffer(ServerProtocol protocol, Transport transport, InboundPressure pressure) {
		this.protocol = protocol;
		this.transport = transport;
		this.pressure = pressure;
	}

	/** What it is handed to. */
	ServerProtocol protocol() {
		return this.protocol;
	}

	/** Whether to read from the socket. */
	boolean isWanted() {
		return !this.ended && this.pending == null && this.protocol.reads();
	}

	/** Whether there is something that has been read and not been taken. */
	boolean hasPending() {
		return this.pending != null;
	}

	/** Whether it is our own doing that the peer is not heard. */
	boolean isPaused() {
		return this.pauses != 0;
	}

	/** Whether that is so for one reason. Any thread. */
	boolean isPaused(Pause why) {
		return (this.pauses & bit(why)) != 0;
	}

	/**
	 * Reads from the socket; while there is pressure, little at a time, and not before
	 * what is held has become less.
	 */
	int read(ByteBuffer into) throws IOException {
		if (!this.pressure.isPressed()) {
			return this.transport.read(into, Integer.MAX_VALUE);
		}
		// the first record of a TLS handshake may be somewhat longer
		if (held() > this.transport.held() || this.transport.held() > InboundPressure.UNTOLD) {
			pause(Pause.MEMORY);
		}
		return this.protocol.reads() ? this.transport.read(into, InboundPressure.UNTOLD) : 0;
	}

	/** Memory for what has come in part, or not been taken yet. */
	private long held() {
		ByteBuffer pending = this.pending;
		return this.protocol.held() + this.transport.held() + ((pending != null) ? pending.capacity() : 0);
	}

	/** The session keeps the head of its handshake for as long as it lives. */
	void keepHead() {
		this.head = (int) Math.max(0, this.protocol.held() - USUAL_HEAD);
	}

	/** What is held for the peer, as of the last {@link #tell}. */
	int told() {
		return this.told;
	}

	/** Tells the budget of all connections what has become of this one's part. */
	void tell() {
		if (this.over) {
			return;
		}
		tell((int) Math.min(Integer.MAX_VALUE, held() + this.protocol.kept() + this.head));
	}

	private void tell(int held) {
		if (held != this.told) {
			this.pressure.held((long) held - this.told);
			this.told = held;
		}
	}

	/** Takes what has just been read. */
	void receive(ByteBuffer in) {
		offer(in);
		if (in.hasRemaining()) {
			this.pending = ByteBuffer.allocate(in.remaining()).order(ByteOrder.LITTLE_ENDIAN).put(in).flip();
		}
	}

	/** Takes what was kept, if the protocol may want it now. */
	void receivePending() {
		ByteBuffer pending = this.pending;
		if ((pending != null || this.protocol.hasMore()) && !this.receiving) {
			offer((pending != null) ? pending : NOTHING);
			if (pending != null && !pending.hasRemaining()) {
				this.pending = null;
			}
		}
	}

	private void offer(ByteBuffer in) {
		this.receiving = true;
		try {
			while ((in.hasRemaining() || this.protocol.hasMore()) && this.protocol.reads()) {
				this.protocol.receive(in);
			}
		}
		finally {
			this.receiving = false;
		}
	}

	void pause(Pause why) {
		this.pauses |= bit(why);
		this.protocol.pause();
	}

	/** Ends a pause; true if it was the last. */
	boolean resume(Pause why) {
		boolean wasPaused = isPaused();
		this.pauses &= (byte) ~bit(why);
		if (wasPaused && !isPaused()) {
			this.protocol.resume();
			return true;
		}
		return false;
	}

	private static byte bit(Pause why) {
		return (byte) (1 << why.ordinal());
	}

	/** The peer will send no more. */
	void ended() {
		this.ended = true;
	}

	boolean hasEnded() {
		return this.ended;
	}

	/** Nothing more is wanted of the peer, nor held. */
	void end() {
		this.pending = null;
		tell(0);
		this.over = true;
	}

}
