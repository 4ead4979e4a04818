package io.wsboot.server.connection;

import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

import io.wsboot.server.admission.RefusalLog;
import io.wsboot.server.config.TlsOptions;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.transport.PlainTransport;
import io.wsboot.server.transport.ProxiedTransport;
import io.wsboot.server.transport.TlsEngines;
import io.wsboot.server.transport.TlsTasks;
import io.wsboot.server.transport.TlsTransport;
import io.wsboot.server.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Makes the transport of an accepted socket: plain or TLS, with or without a PROXY
 * protocol header before it.
 */
final class SocketTransport {

	private final ServerContext server;

	private final EventLoop loop;

	private final Runnable readAgain;

	private SocketTransport(ServerContext server, EventLoop loop, Runnable readAgain) {
		this.server = server;
		this.loop = loop;
		this.readAgain = readAgain;
	}

	/**
	 * Makes the transport of a new connection.
	 * @param channel the socket
	 * @param peer the address of the peer; null if the peer has none
	 * @param server the server's options
	 * @param loop the connection's loop
	 * @param proxied told whom a trusted proxy connects for: the client that the header
	 * names, or the peer itself if the header names nobody
	 * @param readAgain run when there may be bytes to read that the selector does not
	 * tell of
	 */
	static Transport of(SocketChannel channel, @Nullable InetSocketAddress peer, ServerContext server, EventLoop loop,
			Consumer<@Nullable InetSocketAddress> proxied, Runnable readAgain) {
		SocketTransport transport = new SocketTransport(server, loop, readAgain);
		if (!server.handshakes().proxies().sendHeader(peer)) {
			return transport.direct(channel, peer);
		}
		return new ProxiedTransport(channel, (client) -> {
			InetSocketAddress origin = (client != null) ? client : peer;
			proxied.accept(origin);
			return transport.direct(channel, origin);
		}, (reason) -> RefusalLog.notAccepted(reason, channel));
	}

	/** The transport without a PROXY protocol header. */
	private Transport direct(SocketChannel channel, @Nullable InetSocketAddress peer) {
		TlsOptions tls = this.server.tls();
		if (tls == null) {
			return new PlainTransport(channel);
		}
		TlsTasks tasks = new TlsTasks(this.server.tlsThreads(), this.loop, this.readAgain);
		return new TlsTransport(channel, TlsEngines.make(tls, peer), this.loop.tlsBuffers(), tasks);
	}

}
