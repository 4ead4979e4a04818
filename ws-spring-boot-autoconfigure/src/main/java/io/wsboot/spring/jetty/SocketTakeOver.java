package io.wsboot.spring.jetty;

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
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/**
 * Takes a plain socket from Jetty, and makes Jetty forget the connection.
 *
 * <pre>
 *  Jetty's thread     onUpgradeTo(), onOpen()
 *                            |
 *  Jetty's selector       letGo(): the key is cancelled, the end point is told that it is closed,
 *                            |     and the server adopts the socket
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

	private final SocketChannelEndPoint endPoint;

	private final ManagedSelector selector;

	private final Upgrade upgrade;

	private ByteBuffer received = ByteBuffer.allocate(0);

	private SocketTakeOver(SocketChannelEndPoint endPoint, ManagedSelector selector, Connector connector,
			Upgrade upgrade) {
		super(endPoint, connector.getExecutor());
		this.endPoint = endPoint;
		this.selector = selector;
		this.upgrade = upgrade;
	}

	/**
	 * Returns what takes a socket over.
	 * @param endPoint the end point of a connection
	 * @param connector the connector that has accepted the connection
	 * @param upgrade the upgrade
	 * @return the connection to upgrade to; null if the socket is not a plain socket of a
	 * {@link ServerConnector}
	 */
	static @Nullable SocketTakeOver of(EndPoint endPoint, Connector connector, Upgrade upgrade) {
		if (endPoint.getClass() == SocketChannelEndPoint.class && connector instanceof ServerConnector server) {
			SocketChannelEndPoint socket = (SocketChannelEndPoint) endPoint;
			ManagedSelector selector = selector(socket.getChannel(), server);
			return (selector != null) ? new SocketTakeOver(socket, selector, connector, upgrade) : null;
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
		this.endPoint.setIdleTimeout(0);
		this.selector.submit(this::letGo);
		if (!this.endPoint.isOpen()) {
			this.upgrade.abandon(); // a selector that has stopped updates nothing
		}
	}

	private void letGo(Selector selector) {
		SocketChannel channel = this.endPoint.getChannel();
		SelectionKey key = channel.keyFor(selector);
		if (key == null || !key.isValid()) {
			this.upgrade.abandon(); // Jetty has closed the socket
			return;
		}
		key.attach(null);
		key.cancel();
		try {
			this.upgrade.adopt(channel, this.received, channel); // else onClose()
																	// abandons
		}
		finally {
			this.endPoint.onClose(null);
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
