package io.wsboot.server.connection;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Refuse;
import io.wsboot.server.address.IpAddress;
import io.wsboot.server.admission.RefusalLog;
import io.wsboot.server.admission.UnfinishedHandshake;
import io.wsboot.server.handshake.HandshakePhase;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.loop.Log;
import io.wsboot.server.spi.WsServerObserver.ErrorKind;
import io.wsboot.server.spi.WsServerObserver.Limit;
import io.wsboot.server.transport.Listener;
import org.jspecify.annotations.Nullable;

/**
 * The thread that accepts connections and deals them out to the event loops in turn. As
 * the only thread of the server that is not a daemon, it keeps the program alive.
 */
public final class Acceptor implements Runnable {

	/**
	 * Loaded with this class: without file descriptors, no class can be loaded from a
	 * directory.
	 */
	private static final ErrorKind NOT_ACCEPTED = ErrorKind.ACCEPT;

	/** Never sent: the connection is dropped. */
	private static final Refuse DROPPED = HandshakeDecision.refuse(503)
		.withReason("limit: " + Limit.UNFINISHED_HANDSHAKES);

	private static final Log LOG = new Log();

	private static final long FIRST_BACKOFF = TimeUnit.MILLISECONDS.toNanos(10);

	private static final long LONGEST_BACKOFF = TimeUnit.SECONDS.toNanos(1);

	private final Listener listener;

	private final List<EventLoop> loops;

	private final ServerContext server;

	private final Thread thread;

	private int next;

	private long backoff = FIRST_BACKOFF;

	private long logged;

	public Acceptor(Listener listener, List<EventLoop> loops, ServerContext server) {
		this.listener = listener;
		this.loops = loops;
		this.server = server;
		this.thread = new Thread(this, "ws-acceptor");
		this.logged = server.clock().nanoTime() - LONGEST_BACKOFF;
	}

	public void start() {
		this.thread.start();
	}

	public int port() {
		return this.listener.port();
	}

	/**
	 * Stops listening; connections that the operating system has not handed over yet are
	 * reset.
	 */
	public void stop() {
		LOG.close(this.listener);
		LockSupport.unpark(this.thread);
	}

	public void join(long millis) throws InterruptedException {
		this.thread.join(millis);
	}

	/** Goes on whatever is thrown, be it that memory has run out. */
	@Override
	public void run() {
		while (this.listener.isOpen()) {
			try {
				acceptAll();
			}
			catch (Throwable ex) {
				// even backing off has failed, after its wait: nothing is left but to go
				// on
			}
		}
	}

	private void acceptAll() {
		while (this.listener.isOpen()) {
			try {
				accept(this.listener.accept());
				this.backoff = FIRST_BACKOFF;
			}
			catch (IOException | RuntimeException | Error ex) {
				if (this.listener.isOpen()) {
					backOff(ex);
				}
			}
		}
	}

	private void accept(SocketChannel channel) {
		EventLoop loop = this.loops.get(this.next);
		UnfinishedHandshake handshake = admitted(channel, loop);
		if (handshake == null) {
			try {
				RefusalLog.notAccepted("limit: CONNECTIONS", channel);
			}
			finally {
				LOG.close(channel);
			}
			this.server.observer().error(NOT_ACCEPTED);
			return;
		}
		try {
			this.listener.configure(channel);
			this.next = (this.next + 1) % this.loops.size();
			loop.execute(() -> connect(loop, channel, handshake));
		}
		catch (IOException ex) {
			giveUp(channel, handshake); // its fault, not the listening socket's
		}
		catch (Throwable ex) {
			giveUp(channel, handshake);
			throw ex;
		}
	}

	/** Null if there is no room. */
	private @Nullable UnfinishedHandshake admitted(SocketChannel channel, EventLoop loop) {
		try {
			UnfinishedHandshake handshake = new UnfinishedHandshake(IpAddress.ofPeer(channel), loop::execute);
			return this.server.capacity().addSocket(handshake) ? handshake : null;
		}
		catch (Throwable ex) {
			LOG.close(channel);
			throw ex;
		}
	}

	private void connect(EventLoop loop, SocketChannel channel, UnfinishedHandshake handshake) {
		try {
			Connection connection = new Connection(loop, channel, this.server,
					(made) -> new HandshakePhase(new ConnectionHandshake(made), this.server.handshakes(), handshake));
			handshake.begun(() -> makeRoom(connection));
		}
		catch (IOException | ClosedSelectorException ex) {
			giveUp(channel, handshake); // reset before it was looked at, or the loop is
										// stopping
		}
		catch (Throwable ex) {
			giveUp(channel, handshake);
			this.server.observer().error(NOT_ACCEPTED);
			throw ex;
		}
	}

	/** Others need the room, and this connection has not become a session. */
	private void makeRoom(Connection connection) {
		RefusalLog.refused(DROPPED, null, connection.remoteAddress());
		this.server.observer().limited(Limit.UNFINISHED_HANDSHAKES);
		connection.drop();
	}

	private void giveUp(SocketChannel channel, UnfinishedHandshake handshake) {
		this.server.capacity().finish(handshake);
		this.server.capacity().removeSocket();
		LOG.close(channel);
	}

	/**
	 * Most likely the process is out of file descriptors: waits, rather than spin, until
	 * some are free again.
	 */
	private void backOff(Throwable cause) {
		LockSupport.parkNanos(this.backoff); // first, as the rest may fail
		this.backoff = Math.min(2 * this.backoff, LONGEST_BACKOFF);
		this.server.observer().error(NOT_ACCEPTED);
		long now = this.server.clock().nanoTime();
		if (now - this.logged >= LONGEST_BACKOFF) {
			this.logged = now;
			LOG.log(Level.WARNING, () -> "cannot accept connections: " + cause.getMessage(), null);
		}
	}

}
