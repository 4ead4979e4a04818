package io.wsboot.spring.tomcat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Set;

/**
 * What Tomcat finds in the place of a socket that has been taken over: a closed channel
 * that equals the socket, as Tomcat removes the connection from
 * {@code AbstractEndpoint.connections} by its socket.
 */
final class ClosedStandIn extends SocketChannel {

	private final SocketChannel socket;

	ClosedStandIn(SocketChannel socket) throws IOException {
		super(socket.provider());
		this.socket = socket;
		close();
	}

	@Override
	public int hashCode() {
		return this.socket.hashCode();
	}

	/** Not symmetric: a map is asked with the stand-in, and compares with the socket. */
	@Override
	public boolean equals(Object other) {
		return other == this || other == this.socket;
	}

	@Override
	protected void implCloseSelectableChannel() {
	}

	@Override
	protected void implConfigureBlocking(boolean block) {
	}

	@Override
	public SocketChannel bind(SocketAddress local) throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public <T> SocketChannel setOption(SocketOption<T> name, T value) throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public <T> T getOption(SocketOption<T> name) throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public Set<SocketOption<?>> supportedOptions() {
		return Set.of();
	}

	@Override
	public SocketChannel shutdownInput() throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public SocketChannel shutdownOutput() throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public Socket socket() {
		throw new UnsupportedOperationException("the socket has been taken over");
	}

	@Override
	public boolean isConnected() {
		return false;
	}

	@Override
	public boolean isConnectionPending() {
		return false;
	}

	@Override
	public boolean connect(SocketAddress remote) throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public boolean finishConnect() throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public SocketAddress getRemoteAddress() throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public SocketAddress getLocalAddress() throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public int read(ByteBuffer into) throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public long read(ByteBuffer[] into, int offset, int length) throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public int write(ByteBuffer from) throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public long write(ByteBuffer[] from, int offset, int length) throws IOException {
		throw new ClosedChannelException();
	}

}
