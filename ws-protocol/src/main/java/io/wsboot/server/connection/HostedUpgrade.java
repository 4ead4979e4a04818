package io.wsboot.server.connection;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLEngine;

import io.wsboot.Headers;
import io.wsboot.protocol.Agreement;
import io.wsboot.server.connection.HostedSocket.Tls;
import io.wsboot.server.handshake.AcceptedHandshake;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.loop.Log;
import io.wsboot.server.loop.TimerWheel.Timer;
import io.wsboot.server.spi.Upgrade;
import io.wsboot.server.spi.Wire;
import io.wsboot.server.spi.WireEvents;
import io.wsboot.server.spi.WsServerObserver.ErrorKind;
import org.jspecify.annotations.Nullable;

/**
 * An accepted upgrade, which waits for its connection. Room for the session is reserved
 * until exactly one of these happens:
 *
 * <pre>
 *  RESERVED -- adopt() --&gt; ADOPTED    the loop makes the connection
 *      |
 *      +-- abandon(), or the handshake timeout --&gt; ABANDONED    the room is given back
 * </pre>
 */
final class HostedUpgrade implements Upgrade {

	private static final Log LOG = new Log();

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private enum State {

		RESERVED, ADOPTED, ABANDONED

	}

	private final EventLoop loop;

	private final ServerContext server;

	private final AcceptedHandshake accepted;

	private final Agreement agreement;

	private final Headers headers;

	/** Run once, when the upgrade is adopted or abandoned. */
	private final Runnable over;

	private final AtomicReference<State> state = new AtomicReference<>(State.RESERVED);

	/** Abandons the upgrade if the host does not come back. */
	private final Timer timer = Timer.of(this::late);

	/**
	 * An upgrade for which room is reserved.
	 * @param over run once, on any thread, when the upgrade is adopted or abandoned
	 */
	HostedUpgrade(EventLoop loop, ServerContext server, AcceptedHandshake accepted, Agreement agreement,
			Headers headers, Runnable over) {
		this.loop = loop;
		this.server = server;
		this.accepted = accepted;
		this.agreement = agreement;
		this.headers = headers;
		this.over = over;
	}

	/** Waits for the host, but not for ever. On the loop. */
	void expect() {
		this.loop.timers().schedule(this.timer, this.loop.now() + this.server.handshakes().timeout());
	}

	@Override
	public int status() {
		return 101;
	}

	@Override
	public Headers headers() {
		return this.headers;
	}

	@Override
	public void adopt(SocketChannel socket, ByteBuffer received, Closeable owner) {
		adopt(socket, null, received, owner);
	}

	@Override
	public void adopt(SocketChannel socket, SSLEngine engine, ByteBuffer sealed, ByteBuffer received, Closeable owner) {
		adopt(socket, new Tls(engine, sealed.hasRemaining() ? copyOf(sealed) : null), received, owner);
	}

	private void adopt(SocketChannel socket, @Nullable Tls tls, ByteBuffer received, Closeable owner) {
		if (socket.isBlocking()) {
			throw new IllegalArgumentException("the socket is in blocking mode");
		}
		adopt(new HostedSocket(socket, remoteAddress(socket), tls, owner), received);
	}

	/** The client's address: the object that the socket has, if that is equal. */
	private @Nullable InetSocketAddress remoteAddress(SocketChannel socket) {
		InetSocketAddress client = remoteAddress();
		try {
			return (socket.getRemoteAddress() instanceof InetSocketAddress same && same.equals(client)) ? same : client;
		}
		catch (IOException ex) {
			return client; // the loop will find the socket closed
		}
	}

	@Override
	public WireEvents adopt(Wire wire, ByteBuffer received) {
		WireKey key = new WireKey(this.loop, wire);
		adopt(new HostedWire(wire, key, remoteAddress()), received);
		return key;
	}

	private @Nullable InetSocketAddress remoteAddress() {
		return this.accepted.request().remoteAddress();
	}

	private void adopt(ConnectionSource source, ByteBuffer received) {
		Adoption adoption = new Adoption(this.loop, this.server, this.accepted.withClient(source.remoteAddress()),
				this.agreement, source, copyOf(received));
		if (!this.state.compareAndSet(State.RESERVED, State.ADOPTED)) {
			if (this.state.get() == State.ADOPTED) {
				throw new IllegalStateException("the upgrade has been adopted already");
			}
			LOG.close(source); // too late
			return;
		}
		try {
			this.loop.execute(() -> {
				this.loop.timers().cancel(this.timer);
				adoption.run();
			});
		}
		catch (Throwable ex) {
			adoption.cancel();
			throw ex;
		}
		finally {
			this.over.run();
		}
		if (this.loop.hasEnded()) {
			adoption.cancel();
		}
	}

	/** The host uses its buffers again, and the loop unmasks frames where they are. */
	private static ByteBuffer copyOf(ByteBuffer bytes) {
		return bytes.hasRemaining() ? ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip() : NOTHING;
	}

	@Override
	public void abandon() {
		giveBack("an accepted handshake has been abandoned");
	}

	private void late() {
		if (giveBack("no host has adopted or abandoned an accepted handshake in time")) {
			this.server.observer().error(ErrorKind.TIMEOUT);
		}
	}

	/** Gives back what is reserved; false if the host has come before. Any thread. */
	private boolean giveBack(String why) {
		boolean first = this.state.compareAndSet(State.RESERVED, State.ABANDONED);
		if (first) {
			LOG.log(Level.DEBUG, () -> why + ": path " + this.accepted.endpoint().path(), null);
			this.over.run();
			this.server.capacity().removeSocket();
			this.accepted.giveBack();
			this.loop.execute(() -> this.loop.timers().cancel(this.timer));
		}
		return first;
	}

}
