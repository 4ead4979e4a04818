package io.wsboot.spring.tomcat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

import javax.net.ssl.SSLEngine;

import io.wsboot.server.spi.Upgrade;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SSLUtil;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Takes the socket out of a connection of Tomcat's NIO endpoint, and lets Tomcat forget
 * the connection. On Tomcat's thread, which holds the connection's lock, in the first
 * dispatch behind the 101; the dispatch then returns {@code CLOSED}, and Tomcat counts
 * down, forgets and recycles as it does for any connection that has been closed.
 * <p>
 * The order of the steps matters:
 * <ol>
 * <li>What Tomcat has read behind the request is copied, as its buffers are recycled.
 * <li>A {@link ClosedStandIn} takes the socket's place in Tomcat's {@link NioChannel}.
 * <li>The key with Tomcat's poller is cancelled. Not before: the poller closes a
 * connection whose key it finds cancelled ({@code NioEndpoint.Poller.processKey}), even
 * now, while this thread serves the same event.
 * <li>The server gets the socket. Tomcat's objects are not touched any more, as the
 * poller may have recycled them already.
 * </ol>
 */
final class SocketTakeOver {

	private SocketTakeOver() {
	}

	/**
	 * Takes the socket over.
	 * @return false if that is impossible, and nothing has been done
	 * @throws IOException if Tomcat has closed the connection
	 */
	static boolean of(SocketWrapperBase<?> wrapper, Upgrade upgrade) throws IOException {
		if (wrapper.getClass() != NioSocketWrapper.class) {
			return false; // NIO2
		}
		NioSocketWrapper connection = (NioSocketWrapper) wrapper;
		NioChannel channel = connection.getSocket();
		SocketChannel socket = channel.getIOChannel();
		SelectionKey key = (socket != null) ? socket.keyFor(connection.getPoller().getSelector()) : null;
		if (key == null || connection.hasDataToWrite() || channel.getOutboundRemaining() > 0) {
			return false;
		}
		if (channel.getClass() == NioChannel.class) {
			ByteBuffer received = received(connection);
			replace(connection, channel, socket, key);
			upgrade.adopt(socket, received, socket);
			return true;
		}
		if (channel.getClass() == SecureNioChannel.class) {
			return ofTls(connection, (SecureNioChannel) channel, socket, key, upgrade);
		}
		return false;
	}

	private static boolean ofTls(NioSocketWrapper connection, SecureNioChannel channel, SocketChannel socket,
			SelectionKey key, Upgrade upgrade) throws IOException {
		SSLEngine engine = channel.getSslEngine();
		if (engine == null || engine instanceof SSLUtil.ProtocolInfo) {
			return false; // OpenSSL, whose engines Tomcat wants to free itself
		}
		ByteBuffer received = received(connection);
		ByteBuffer sealed = copy(TomcatInternals.sealed(channel).duplicate().flip());
		replace(connection, channel, socket, key);
		upgrade.adopt(socket, engine, sealed, received, socket);
		return true;
	}

	/** Lets Tomcat close and forget something else in the socket's place. */
	private static void replace(NioSocketWrapper connection, NioChannel channel, SocketChannel socket, SelectionKey key)
			throws IOException {
		channel.reset(new ClosedStandIn(socket), connection);
		key.cancel(); // its operations are none, since the poller has seen the last event
	}

	/** What Tomcat has read, and decrypted, behind the request. */
	static ByteBuffer received(SocketWrapperBase<?> connection) {
		SocketBufferHandler buffers = connection.getSocketBufferHandler();
		if (buffers.isReadBufferEmpty()) {
			return ByteBuffer.allocate(0);
		}
		buffers.configureReadBufferForRead();
		return copy(buffers.getReadBuffer());
	}

	private static ByteBuffer copy(ByteBuffer bytes) {
		return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
	}

}
