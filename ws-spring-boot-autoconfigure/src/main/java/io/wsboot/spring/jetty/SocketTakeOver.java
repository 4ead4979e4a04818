package io.wsboot.spring.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeoutException;

import io.wsboot.server.spi.Upgrade;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.io.ssl.SslConnection.SslEndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/**
 * Takes a socket from Jetty, plain or with its TLS, and makes Jetty forget the
 * connection.
 *
 * <pre>
 *  Jetty's thread     onUpgradeTo(), onOpen(): what Jetty has read behind the request
 *                            |
 *  Jetty's selector       detach(): the key is cancelled, the server adopts the socket, and
 *                            |      the end point is told that it is closed
 *  Jetty's thread         onClose(): Jetty counts the connection down
 * </pre>
 *
 * A socket that Jetty went on holding would cost memory, count as a connection of
 * Jetty's, hold up Jetty's graceful shutdown, and get Jetty's idle timeouts again when
 * Jetty is short of connections. Jetty's selector must not see the key cancelled before
 * it has updated the interests of the keys that it has selected (Jetty's
 * {@code SelectableChannelEndPoint.updateKey} closes the socket then); so the key loses
 * its end point first, in the selector's own thread.
 */
final class SocketTakeOver extends AbstractConnection implements Connection.UpgradeTo {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private final SocketChannelEndPoint socket;

	/** Null for a plain socket. */
	private final @Nullable DetachableSslConnection tls;

	private final ManagedSelector selector;

	private final Upgrade upgrade;

	/** What Jetty has read behind the request, and the part of a TLS record behind it. */
	private ByteBuffer received = NOTHING, sealed = NOTHING;

	private SocketTakeOver(EndPoint endPoint, SocketChannelEndPoint socket, @Nullable DetachableSslConnection tls,
			ManagedSelector selector, Connector connector, Upgrade upgrade) {
		super(endPoint, connector.getExecutor());
		this.socket = socket;
		this.tls = tls;
		this.selector = selector;
		this.upgrade = upgrade;
	}

	/**
	 * Returns what takes a socket over.
	 * @param endPoint the end point of an HTTP connection
	 * @param connector the connector that has accepted the connection
	 * @param upgrade the upgrade
	 * @return the connection to upgrade to; null if the socket cannot be taken from Jetty
	 */
	static @Nullable SocketTakeOver of(EndPoint endPoint, Connector connector, Upgrade upgrade) {
		DetachableSslConnection tls = (endPoint instanceof SslEndPoint inside
				&& inside.getSslConnection() instanceof DetachableSslConnection detachable) ? detachable : null;
		EndPoint outside = (tls != null) ? tls.getEndPoint() : endPoint;
		if (outside.getClass() == SocketChannelEndPoint.class && connector instanceof ServerConnector server) {
			SocketChannelEndPoint socket = (SocketChannelEndPoint) outside;
			ManagedSelector selector = selector(socket.getChannel(), server);
			return (selector != null) ? new SocketTakeOver(endPoint, socket, tls, selector, connector, upgrade) : null;
		}
		return null;
	}

	private static @Nullable ManagedSelector selector(SocketChannel channel, ServerConnector connector) {
		for (ManagedSelector selector : connector.getSelectorManager().getBeans(ManagedSelector.class)) {
			Selector open = selector.getSelector();
			if (open != null && channel.keyFor(open) != null) {
				return selector;
			}
		}
		return null;
	}

	@Override
	public void onUpgradeTo(ByteBuffer buffer) {
		this.received = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
	}

	@Override
	public void onOpen() {
		super.onOpen();
		this.socket.setIdleTimeout(0);
		try {
			if (this.tls != null) {
				receive(this.tls.detach());
			}
			this.selector.submit(this::detach);
		}
		catch (IOException ex) {
			this.socket.close(ex);
		}
		if (!this.socket.isOpen()) {
			this.upgrade.abandon(); // a selector that has stopped updates nothing
		}
	}

	private void receive(DetachableSslConnection.Input input) {
		ByteBuffer opened = input.opened();
		if (opened.hasRemaining()) {
			this.received = ByteBuffer.allocate(this.received.remaining() + opened.remaining())
				.put(this.received)
				.put(opened)
				.flip();
		}
		this.sealed = input.sealed();
	}

	private void detach(Selector selector) {
		SocketChannel channel = this.socket.getChannel();
		SelectionKey key = channel.keyFor(selector);
		if (key == null || !key.isValid()) {
			this.upgrade.abandon(); // Jetty has closed the socket
			return;
		}
		key.attach(null);
		key.cancel();
		try {
			adopt(channel); // before onClose() abandons
		}
		finally {
			this.socket.onClose(null);
		}
	}

	private void adopt(SocketChannel channel) {
		if (this.tls != null) {
			this.upgrade.adopt(channel, this.tls.getSSLEngine(), this.sealed, this.received, channel);
		}
		else {
			this.upgrade.adopt(channel, this.received, channel);
		}
	}

	@Override
	public void onClose(@Nullable Throwable cause) {
		super.onClose(cause);
		this.upgrade.abandon(); // does nothing if the server has adopted the socket
	}

	@Override
	public boolean onIdleExpired(TimeoutException timeout) {
		return false;
	}

	@Override
	public void onFillable() {
		throw new IllegalStateException("nobody is interested in what Jetty can read");
	}

}
