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
 * The thread that accepts sockets and assigns them to the event loops, one loop after the
 * other. This thread is the only one of the server that is not a daemon, so it keeps the
 * JVM alive. The acceptor's thread owns the fields that are not final.
 */
public final class Acceptor implements Runnable {

	/**
	 * Loads its class together with this one: without file descriptors the JVM cannot
	 * load a class from a directory.
	 */
	private static final ErrorKind NOT_ACCEPTED = ErrorKind.ACCEPT;

	/** For the log only: the connection is dropped without an answer. */
	private static final Refuse DROPPED = HandshakeDecision.refuse(503)
		.withReason("limit: " + Limit.UNFINISHED_HANDSHAKES);

	private static final Log LOG = new Log();

	private static final long FIRST_BACKOFF = TimeUnit.MILLISECONDS.toNanos(10);

	private static final long LONGEST_BACKOFF = TimeUnit.SECONDS.toNanos(1);

	private final Listener listener;

	private final List<EventLoop> loops;

	private final ServerContext server;

	private final Thread thread;

	/** The index of the loop that gets the next socket. */
	private int next;

	/** How long to wait after the next failure, in nanoseconds. */
	private long backoff = FIRST_BACKOFF;

	/** The time of the last failure that was logged. */
	private long logged;

	/**
	 * An acceptor that has not been started.
	 * @param loops get the sockets in turn
	 */
	public Acceptor(Listener listener, List<EventLoop> loops, ServerContext server) {
		this.listener = listener;
		this.loops = loops;
		this.server = server;
		this.thread = new Thread(this, "ws-acceptor");
		this.logged = server.clock().nanoTime() - LONGEST_BACKOFF;
	}

	/** Starts accepting. */
	public void start() {
		this.thread.start();
	}

	/** The port that the server listens on. */
	public int port() {
		return this.listener.port();
	}

	/**
	 * Stops listening. The operating system resets connections that have not been
	 * accepted. Any thread.
	 */
	public void stop() {
		LOG.close(this.listener);
		LockSupport.unpark(this.thread);
	}

	/** Waits for the end of the acceptor's thread. Any thread. */
	public void join(long millis) throws InterruptedException {
		this.thread.join(millis);
	}

	/** Accepts until {@link #stop}, whatever is thrown, even if memory has run out. */
	@Override
	public void run() {
		while (this.listener.isOpen()) {
			try {
				acceptAll();
			}
			catch (Throwable ex) {
				// even the handling of the failure has failed, after its wait
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

	/** Hands one socket to its loop, or closes the socket if the server is full. */
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
			giveUp(channel, handshake); // this socket failed, not the listener
		}
		catch (Throwable ex) {
			giveUp(channel, handshake);
			throw ex;
		}
	}

	/** Counts a socket; null if the server has no room for the socket. */
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

	/** Makes the connection of a socket. On the loop. */
	private void connect(EventLoop loop, SocketChannel channel, UnfinishedHandshake handshake) {
		try {
			Connection connection = new Connection(loop, this.server, AcceptedSocket.of(channel),
					(made) -> new HandshakePhase(new ConnectionHandshake(made), this.server.handshakes(), handshake));
			handshake.begun(() -> makeRoom(connection));
		}
		catch (IOException | ClosedSelectorException ex) {
			giveUp(channel, handshake); // the peer has reset it, or the loop stops
		}
		catch (Throwable ex) {
			giveUp(channel, handshake);
			this.server.observer().error(NOT_ACCEPTED);
			throw ex;
		}
	}

	/**
	 * Drops a connection without a session, as another client needs its room. On the
	 * loop.
	 */
	private void makeRoom(Connection connection) {
		RefusalLog.refused(DROPPED, null, connection.remoteAddress());
		this.server.observer().limited(Limit.UNFINISHED_HANDSHAKES);
		connection.drop();
	}

	/** Closes a socket that does not become a connection. */
	private void giveUp(SocketChannel channel, UnfinishedHandshake handshake) {
		this.server.capacity().finish(handshake);
		this.server.capacity().removeSocket();
		LOG.close(channel);
	}

	/**
	 * Waits before the next attempt. The process has most likely run out of file
	 * descriptors, and would fail again at once.
	 */
	private void backOff(Throwable cause) {
		LockSupport.parkNanos(this.backoff); // first, as what follows may fail
		this.backoff = Math.min(2 * this.backoff, LONGEST_BACKOFF);
		this.server.observer().error(NOT_ACCEPTED);
		long now = this.server.clock().nanoTime();
		if (now - this.logged >= LONGEST_BACKOFF) {
			this.logged = now;
			LOG.log(Level.WARNING, () -> "cannot accept connections: " + cause.getMessage(), null);
		}
	}

}
