package io.wsboot.server.connection;

import java.lang.System.Logger.Level;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.CloseStatus;
import io.wsboot.server.connection.ConnectionSource.Target;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.loop.IoHandle;
import io.wsboot.server.loop.IoWork;
import io.wsboot.server.loop.Log;
import io.wsboot.server.spi.Wire;
import io.wsboot.server.spi.WireEvents;
import org.jspecify.annotations.Nullable;

/**
 * Watches a {@link Wire} in the place of a selector. A wire is asked once per event,
 * while a selector watches until it is told otherwise: the key asks again for what the
 * connection still wants.
 *
 * <pre>
 *           interestOps(), or served and still wanted
 *  unasked ------------------------------------------&gt; asked
 *     ^                                                  |
 *     |   the connection runs           ready()          v
 *     +--------------------------- ready &lt;---------------+
 *                                    ^
 *  begin() ------- a first look -----+
 * </pre>
 *
 * The loop owns the fields that are not final, and calls all methods but those of
 * {@link WireEvents}.
 */
final class WireKey extends SelectionKey implements WireEvents, IoWork {

	private static final Log LOG = new Log();

	/**
	 * Bits beside the operations: the wire is gone; the host is about to close it; it
	 * holds more than it did.
	 */
	private static final int GONE = 1 << 30, GOING_AWAY = 1 << 29, HELD = 1 << 28;

	private final EventLoop loop;

	private final Wire wire;

	/** What the host has told and the loop has not seen. */
	private final AtomicInteger told = new AtomicInteger();

	/** Null until the loop has made the connection. */
	private @Nullable Target connection;

	private boolean valid = true;

	/** The operations that the connection wants; that the wire is asked for. */
	private int wanted = OP_READ, asked;

	/** The operations that the wire is ready for, and that are being served. */
	private int ready, served;

	WireKey(EventLoop loop, Wire wire) {
		this.loop = loop;
		this.wire = wire;
	}

	/** The connection has been made: looks for bytes, and begins to watch. */
	void begin(Target connection) {
		this.connection = connection;
		this.loop.selector().add(connection);
		this.told.getAndUpdate((before) -> before | OP_READ);
		this.loop.execute(this); // in any case, as earlier events have found no
									// connection
	}

	@Override
	public void ready(int operations) {
		tell(operations & (OP_READ | OP_WRITE));
	}

	@Override
	public void held() {
		tell(HELD);
	}

	@Override
	public void goingAway() {
		tell(GOING_AWAY);
	}

	@Override
	public void gone() {
		tell(GONE);
	}

	private void tell(int what) {
		if (this.told.getAndUpdate((before) -> before | what) == 0) {
			boolean done = false;
			try {
				this.loop.execute(this);
				done = true;
			}
			finally {
				if (!done) { // for want of memory: the next event tries again
					this.told.set(0);
				}
			}
		}
	}

	@Override
	public IoHandle handle() {
		if (this.connection == null) {
			throw new IllegalStateException("there is no connection yet");
		}
		return this.connection;
	}

	/** Serves what the host has told, and asks for the next event. */
	@Override
	public void run() {
		if (this.connection == null || !this.valid) {
			return;
		}
		int news = this.told.getAndSet(0);
		this.asked &= ~news;
		this.ready |= news & (OP_READ | OP_WRITE);
		if ((news & GONE) != 0) {
			this.connection.drop();
			return;
		}
		if ((news & GOING_AWAY) != 0) {
			this.connection.link().close(CloseStatus.GOING_AWAY.withReason("server stops"), false);
		}
		this.served = this.ready & this.wanted;
		this.ready &= ~this.served;
		if (this.served != 0) {
			this.connection.run();
			this.served = 0;
			serveLater();
		}
		else if ((news & (HELD | OP_READ)) != 0) {
			this.connection.readAgain(); // which tells the budget, also of one that is
											// not read
		}
		ask();
	}

	/** Serves what the wire is ready for and what has been wanted since. */
	private void serveLater() {
		if (this.valid && (this.ready & this.wanted) != 0) {
			this.loop.execute(this);
		}
	}

	/** Asks for what is wanted, and neither asked for nor there. */
	private void ask() {
		int missing = this.valid ? this.wanted & ~this.asked & ~this.ready : 0;
		if (missing != 0) {
			this.asked |= missing;
			watch(missing);
		}
	}

	/** A wire that fails to watch costs its connection, wherever the loop is. */
	private void watch(int operations) {
		try {
			this.wire.watch(operations);
		}
		catch (Throwable ex) {
			LOG.log(Level.ERROR, "a wire of another server failed to watch", ex);
			this.loop.abandon(handle());
		}
	}

	@Override
	public SelectionKey interestOps(int operations) {
		this.wanted = operations;
		if (this.served == 0) { // else run() does
			serveLater();
			ask();
		}
		return this;
	}

	@Override
	public int interestOps() {
		return this.wanted;
	}

	@Override
	public int readyOps() {
		return this.served;
	}

	@Override
	public boolean isValid() {
		return this.valid;
	}

	@Override
	public void cancel() {
		this.valid = false;
		if (this.connection != null) {
			this.loop.selector().remove(this.connection);
		}
	}

	@Override
	public SelectableChannel channel() {
		throw new UnsupportedOperationException("a wire is no channel");
	}

	@Override
	public Selector selector() {
		throw new UnsupportedOperationException("no selector watches a wire");
	}

}
