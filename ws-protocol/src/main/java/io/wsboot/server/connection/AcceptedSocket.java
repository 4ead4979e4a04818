package io.wsboot.server.connection;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

import io.wsboot.server.admission.RefusalLog;
import io.wsboot.server.config.TlsOptions;
import io.wsboot.server.transport.PlainTransport;
import io.wsboot.server.transport.ProxiedTransport;
import io.wsboot.server.transport.TlsEngines;
import io.wsboot.server.transport.TlsTasks;
import io.wsboot.server.transport.TlsTransport;
import io.wsboot.server.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * A socket that the server's own listener has accepted: plain or TLS, with or without a
 * PROXY protocol header before it.
 *
 * @param channel the socket
 * @param remoteAddress the address of the peer; null if the peer has none
 */
record AcceptedSocket(SocketChannel channel, @Nullable InetSocketAddress remoteAddress) implements ConnectionSource {

	static AcceptedSocket of(SocketChannel channel) throws IOException {
		return new AcceptedSocket(channel,
				(channel.getRemoteAddress() instanceof InetSocketAddress address) ? address : null);
	}

	@Override
	public Transport transport(Target connection) {
		if (!connection.server().handshakes().proxies().sendHeader(this.remoteAddress)) {
			return direct(connection, this.remoteAddress);
		}
		return new ProxiedTransport(this.channel, (client) -> {
			InetSocketAddress origin = (client != null) ? client : this.remoteAddress;
			connection.proxied(origin);
			return direct(connection, origin);
		}, (reason) -> RefusalLog.notAccepted(reason, this.channel));
	}

	/** The transport without a PROXY protocol header. */
	private Transport direct(Target connection, @Nullable InetSocketAddress peer) {
		TlsOptions tls = connection.server().tls();
		if (tls == null) {
			return new PlainTransport(this.channel);
		}
		TlsTasks tasks = new TlsTasks(connection.server().tlsThreads(), connection.loop(), connection::readAgain);
		return new TlsTransport(this.channel, TlsEngines.make(tls, peer), connection.loop().tlsBuffers(), tasks);
	}

	@Override
	public SelectionKey register(Target connection) throws IOException {
		return connection.loop().selector().register(this.channel, connection);
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
