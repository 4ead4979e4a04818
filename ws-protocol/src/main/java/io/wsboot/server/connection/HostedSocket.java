package io.wsboot.server.connection;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

import javax.net.ssl.SSLEngine;

import io.wsboot.server.transport.OwnedTransport;
import io.wsboot.server.transport.PlainTransport;
import io.wsboot.server.transport.TlsTasks;
import io.wsboot.server.transport.TlsTransport;
import io.wsboot.server.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * A socket that another server has accepted and handed over.
 *
 * @param channel the socket
 * @param remoteAddress the client's address; null if unknown
 * @param tls the TLS of the connection; null for a plain socket
 * @param owner closes the socket
 */
record HostedSocket(SocketChannel channel, @Nullable InetSocketAddress remoteAddress, @Nullable Tls tls,
		Closeable owner) implements ConnectionSource {

	@Override
	public Transport transport(Target connection) {
		return new OwnedTransport((this.tls == null) ? new PlainTransport(this.channel) : inside(this.tls, connection),
				this.owner);
	}

	private Transport inside(Tls tls, Target connection) {
		TlsTasks tasks = new TlsTasks(connection.server().tlsThreads(), connection.loop(), connection::readAgain);
		return new TlsTransport(this.channel, tls.engine, connection.loop().tlsBuffers(), tasks)
			.afterHandshake(tls.sealed);
	}

	@Override
	public SelectionKey register(Target connection) throws IOException {
		return connection.loop().selector().register(this.channel, connection);
	}

	@Override
	public void close() throws IOException {
		try {
			this.channel.close();
		}
		finally {
			this.owner.close();
		}
	}

	/**
	 * The TLS of a connection that has been used so far by another server.
	 *
	 * @param engine the engine, which has shaken hands
	 * @param sealed records that have been read and not decrypted; null if there are none
	 */
	record Tls(SSLEngine engine, @Nullable ByteBuffer sealed) {
	}

}
