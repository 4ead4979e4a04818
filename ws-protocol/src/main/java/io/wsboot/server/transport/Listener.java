package io.wsboot.server.transport;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;

import io.wsboot.server.config.InvalidOptionException;
import io.wsboot.server.config.ListenAddress;
import io.wsboot.server.config.PortInUseException;
import io.wsboot.server.config.WsServerOptions;
import io.wsboot.server.loop.Log;
import org.jspecify.annotations.Nullable;

/** The socket that a server listens on. Any thread may call all methods. */
public final class Listener implements Closeable {

	private static final Log LOG = new Log();

	private final ServerSocketChannel channel;

	/** The file of a Unix-domain socket; null for TCP. */
	private final @Nullable UnixSocketFile file;

	private final int port;

	private Listener(ServerSocketChannel channel, @Nullable UnixSocketFile file) throws IOException {
		this.channel = channel;
		this.file = file;
		this.port = (channel.getLocalAddress() instanceof InetSocketAddress address) ? address.getPort() : -1;
	}

	/**
	 * Begins to listen.
	 * @param options the address, the port and the backlog
	 * @param sockets makes the socket
	 * @throws PortInUseException if another program listens on the port
	 * @throws InvalidOptionException if the path of a Unix-domain socket cannot be used
	 * @throws UncheckedIOException if the address cannot be used
	 */
	public static Listener open(WsServerOptions options, SelectorProvider sockets) {
		try {
			if (options.address() instanceof ListenAddress.Unix unix) {
				UnixSocketFile file = new UnixSocketFile(unix);
				return new Listener(file.bind(options.backlog(), sockets), file);
			}
			return new Listener(bind((ListenAddress.Tcp) options.address(), options, sockets), null);
		}
		catch (BindException ex) {
			if (options.port() != 0 && String.valueOf(ex.getMessage()).contains("in use")) {
				throw new PortInUseException(options.port(), ex);
			}
			throw new UncheckedIOException("cannot listen on " + options.address() + " port " + options.port(), ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot listen on port " + options.port(), ex);
		}
	}

	private static ServerSocketChannel bind(ListenAddress.Tcp address, WsServerOptions options,
			SelectorProvider sockets) throws IOException {
		ServerSocketChannel channel = sockets.openServerSocketChannel();
		try {
			channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
			return channel.bind(new InetSocketAddress(address.address(), options.port()), options.backlog());
		}
		catch (Throwable ex) {
			LOG.close(channel);
			throw ex;
		}
	}

	/** Returns the TCP port; -1 for a Unix-domain socket. */
	public int port() {
		return this.port;
	}

	public boolean isOpen() {
		return this.channel.isOpen();
	}

	/** Waits for a connection. */
	public SocketChannel accept() throws IOException {
		return this.channel.accept();
	}

	/** Prepares an accepted connection for an event loop: no blocking, no delay. */
	public void configure(SocketChannel connection) throws IOException {
		connection.configureBlocking(false);
		if (this.file == null) {
			connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
		}
	}

	@Override
	public void close() throws IOException {
		if (this.file != null && this.channel.isOpen()) {
			this.file.delete(); // first: the path may be taken at once
		}
		this.channel.close();
	}

}
