package io.wsboot.server;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.wsboot.protocol.ServerProtocol;
import org.jspecify.annotations.Nullable;

/**
 * What comes in from one peer, handed to the protocol as fast as that takes it. What it
 * does not take yet is kept aside and goes before whatever comes later; meanwhile nothing
 * is read, so that at most one buffer of it is held. On the connection's loop.
 */
final class Intake {

	/** Why no messages are taken. */
	enum Pause {

		/** The handler has too much to do already. */
		PENDING,

		/** The peer does not take what it has asked for. */
		CONGESTED

	}

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);

	private final ServerProtocol protocol;

	/** One bit for each of {@link Pause}. */
	private byte pauses;

	private @Nullable ByteBuffer aside;

	private boolean receiving;

	private boolean ended;

	Intake(ServerProtocol protocol) {
		this.protocol = protocol;
	}

	/** What it is handed to. */
	ServerProtocol protocol() {
		return this.protocol;
	}

	/** Whether to read from the socket. */
	boolean isWanted() {
		return !this.ended && this.aside == null && this.protocol.reads();
	}

	/** Whether there is something that has been read and not been taken. */
	boolean isHolding() {
		return this.aside != null;
	}

	/** Whether it is our own doing that the peer is not heard. */
	boolean isPaused() {
		return this.pauses != 0;
	}

	/** Takes what has just been read. */
	void receive(ByteBuffer in) {
		offer(in);
		if (in.hasRemaining()) {
			this.aside = ByteBuffer.allocate(in.remaining()).order(ByteOrder.LITTLE_ENDIAN).put(in).flip();
		}
	}

	/** Takes what was kept aside, if the protocol may want it now. */
	void receiveAside() {
		ByteBuffer aside = this.aside;
		if ((aside != null || this.protocol.hasMore()) && !this.receiving) {
			offer((aside != null) ? aside : NOTHING);
			if (aside != null && !aside.hasRemaining()) {
				this.aside = null;
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

	/** Nothing more is wanted of the peer. */
	void end() {
		this.aside = null;
	}

}
