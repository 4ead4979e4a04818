package io.wsboot.server.connection;

import java.io.Closeable;
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

	private enum State {

		RESERVED, ADOPTED, ABANDONED

	}

	private final EventLoop loop;

	private final ServerContext server;

	private final AcceptedHandshake accepted;

	private final Agreement agreement;

	private final Headers headers;

	private final AtomicReference<State> state = new AtomicReference<>(State.RESERVED);

	/** Abandons the upgrade if the host does not come back. */
	private final Timer timer = Timer.of(this::abandon);

	HostedUpgrade(EventLoop loop, ServerContext server, AcceptedHandshake accepted, Agreement agreement,
			Headers headers) {
		this.loop = loop;
		this.server = server;
		this.accepted = accepted;
		this.agreement = agreement;
		this.headers = headers;
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
		adopt(new HostedSocket(socket, remoteAddress(), null, owner), received, owner);
	}

	@Override
	public void adopt(SocketChannel socket, SSLEngine engine, ByteBuffer sealed, ByteBuffer received, Closeable owner) {
		adopt(new HostedSocket(socket, remoteAddress(), new Tls(engine, sealed), owner), received, owner);
	}

	@Override
	public WireEvents adopt(Wire wire, ByteBuffer received) {
		WireKey key = new WireKey(this.loop, wire);
		adopt(new HostedWire(wire, key, remoteAddress()), received, wire::close);
		return key;
	}

	private @Nullable InetSocketAddress remoteAddress() {
		return this.accepted.request().remoteAddress();
	}

	private void adopt(ConnectionSource source, ByteBuffer received, Closeable owner) {
		if (!this.state.compareAndSet(State.RESERVED, State.ADOPTED)) {
			if (this.state.get() == State.ADOPTED) {
				throw new IllegalStateException("the upgrade has been adopted already");
			}
			LOG.close(owner); // too late
			return;
		}
		Adoption adoption = new Adoption(this.loop, this.server, this.accepted, this.agreement, source, received,
				owner);
		this.loop.execute(() -> {
			this.loop.timers().cancel(this.timer);
			adoption.run();
		});
		if (this.loop.hasEnded()) {
			adoption.cancel();
		}
	}

	@Override
	public void abandon() {
		if (this.state.compareAndSet(State.RESERVED, State.ABANDONED)) {
			this.accepted.giveBack();
			this.server.capacity().removeSocket();
			this.loop.execute(() -> this.loop.timers().cancel(this.timer));
			LOG.log(Level.DEBUG, "a host has abandoned an accepted handshake", null);
		}
	}

}
