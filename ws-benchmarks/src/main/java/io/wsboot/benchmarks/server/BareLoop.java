package io.wsboot.benchmarks.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.Set;

/**
 * What any server on {@code java.nio} must do at least, and nothing else: a selector, a
 * read, the mask taken off, a write. It checks nothing, limits nothing, times nothing,
 * and hands nothing to anybody.
 */
final class BareLoop implements EchoServer {

	private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024).order(ByteOrder.LITTLE_ENDIAN);

	private final ByteBuffer out = ByteBuffer.allocateDirect(96 * 1024).order(ByteOrder.LITTLE_ENDIAN);

	private final Set<SocketChannel> group = new HashSet<>();

	@Override
	public int start(ServerMode mode) throws IOException {
		Selector selector = Selector.open();
		ServerSocketChannel listener = ServerSocketChannel.open();
		listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024).configureBlocking(false);
		listener.register(selector, SelectionKey.OP_ACCEPT);
		Thread loop = new Thread(() -> run(selector), "bare-loop");
		loop.setDaemon(true);
		loop.start();
		return listener.socket().getLocalPort();
	}

	private void run(Selector selector) {
		for (;;) {
			try {
				selector.select((key) -> ready(selector, key));
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	private void ready(Selector selector, SelectionKey key) {
		try {
			if (key.isAcceptable()) {
				SocketChannel channel = ((ServerSocketChannel) key.channel()).accept();
				channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
				channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, new BareConnection(channel));
			}
			else {
				serve((BareConnection) key.attachment());
			}
		}
		catch (IOException ex) {
			this.group.remove(key.channel());
			key.cancel();
			close(key);
		}
	}

	private static void close(SelectionKey key) {
		try {
			key.channel().close();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void serve(BareConnection connection) throws IOException {
		if (connection.channel.read(this.in.clear()) < 0) {
			throw new IOException("end of input");
		}
		this.out.clear();
		connection.take(this.in.flip(), this.out);
		if (connection.joins) {
			this.group.add(connection.channel);
			connection.joins = false;
		}
		this.out.flip();
		if (connection.member) {
			for (SocketChannel member : this.group) {
				write(member, this.out.duplicate());
			}
		}
		else {
			write(connection.channel, this.out);
		}
		connection.member = this.group.contains(connection.channel);
	}

	/** The load always reads, so this ends. */
	private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining()) {
			channel.write(bytes);
		}
	}

}
