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
 * The input of one connection on its way from the transport to the protocol. Bytes that
 * the protocol does not take yet are <em>pending</em>: they go first when the protocol
 * takes bytes again, and until then nothing is read, so that a connection holds at most
 * one buffer of pending bytes. The connection's loop owns all fields, and calls all
 * methods that do not say otherwise.
 */
final class InboundBuffer {

	/** Bytes of a handshake that a session may keep without counting them. */
	private static final int USUAL_HEAD = 2 * 1024;

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);

	private final ServerProtocol protocol;

	private final Transport transport;

	private final InboundPressure pressure;

	/** One bit for each {@link Pause}. The loop writes, any thread reads. */
	private volatile byte pauses;

	/** The pending bytes; null if there are none. */
	private @Nullable ByteBuffer pending;

	private boolean receiving, ended, over;

	/** Bytes of the handshake that the session keeps, beyond {@link #USUAL_HEAD}. */
	private int head;

	/** Bytes that have been reported to the memory budget of all connections. */
	private int told;

	InboundBuffer(ServerProtocol protocol, Transport transport, InboundPressure pressure) {
		this.protocol = protocol;
		this.transport = transport;
		this.pressure = pressure;
	}

	/** The protocol that takes the bytes. */
	ServerProtocol protocol() {
		return this.protocol;
	}

	/** Whether to read from the socket. */
	boolean isWanted() {
		return !this.ended && this.pending == null && this.protocol.reads();
	}

	/** Whether bytes have been read that the protocol has not taken. */
	boolean hasPending() {
		return this.pending != null;
	}

	/** Whether the server does not read the connection at the moment. */
	boolean isPaused() {
		return this.pauses != 0;
	}

	/** Whether a reason to pause exists. Any thread. */
	boolean isPaused(Pause why) {
		return (this.pauses & bit(why)) != 0;
	}

	/**
	 * Reads from the socket. Under memory pressure, reads little at a time, and nothing
	 * while the connection holds bytes already, unless what comes is discarded.
	 * @return the number of bytes; 0 if there are none yet; -1 at the end of the input
	 */
	int read(ByteBuffer into) throws IOException {
		if (!this.pressure.isPressed() || isDiscarding()) {
			return this.transport.read(into, Integer.MAX_VALUE);
		}
		// the first record of a TLS handshake may be longer than a read under pressure
		if (parts() > 0 || this.transport.gathers() && this.transport.held() > InboundPressure.UNTOLD) {
			pause(Pause.MEMORY);
		}
		return this.protocol.reads() ? this.transport.read(into, InboundPressure.UNTOLD) : 0;
	}

	/**
	 * Whether the host of a wire holds only bytes that are read to be forgotten, as our
	 * Close frame has been sent.
	 */
	private boolean isDiscarding() {
		return !this.protocol.mayClose() && !this.transport.gathers();
	}

	/** Bytes of memory for what has been read: part of a message, or pending. */
	private long parts() {
		ByteBuffer pending = this.pending;
		return this.protocol.held() + ((pending != null) ? pending.capacity() : 0);
	}

	/**
	 * Counts the head of the request, which the session keeps for as long as it lives.
	 * @param size bytes of memory
	 */
	void keepHead(long size) {
		this.head = (int) Math.max(0, size - USUAL_HEAD);
	}

	/** Bytes of memory for the peer's input, as reported by the last {@link #tell}. */
	int told() {
		return this.told;
	}

	/**
	 * Reports the memory for the peer's input to the budget of all connections. What is
	 * discarded as fast as the host can be read does not count: the session is closing
	 * already, and no other one must be given up for it.
	 */
	void tell() {
		if (this.over) {
			return;
		}
		long held = parts() + (isDiscarding() ? 0 : this.transport.held()) + this.protocol.kept() + this.head;
		tell((int) Math.min(Integer.MAX_VALUE, held));
	}

	private void tell(int held) {
		if (held != this.told) {
			this.pressure.held((long) held - this.told);
			this.told = held;
		}
	}

	/**
	 * Hands bytes to the protocol, as far as the protocol takes them; the rest is
	 * pending.
	 */
	void receive(ByteBuffer in) {
		this.receiving = true;
		try {
			while ((in.hasRemaining() || this.protocol.hasMore()) && this.protocol.reads()) {
				this.protocol.receive(in);
			}
		}
		finally {
			this.receiving = false;
		}
		if (!in.hasRemaining()) {
			this.pending = null;
		}
		else if (in != this.pending) {
			this.pending = ByteBuffer.allocate(in.remaining()).order(ByteOrder.LITTLE_ENDIAN).put(in).flip();
		}
	}

	/** Hands the pending bytes to the protocol, unless that is under way. */
	void receivePending() {
		ByteBuffer pending = this.pending;
		if (!this.receiving && (pending != null || this.protocol.hasMore())) {
			receive((pending != null) ? pending : NOTHING);
		}
	}

	/** Stops reading for a reason. */
	void pause(Pause why) {
		this.pauses |= bit(why);
		this.protocol.pause();
	}

	/** Ends a pause; returns whether no other reason to pause is left. */
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

	/** The peer has ended its half of the connection. */
	void ended() {
		this.ended = true;
	}

	/** Whether the peer has ended its half of the connection. */
	boolean hasEnded() {
		return this.ended;
	}

	/** Drops the pending bytes, and reports that no memory is held any more. */
	void end() {
		this.pending = null;
		tell(0);
		this.over = true;
	}

}
