package io.wsboot.server.connection;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;

import io.wsboot.server.spi.Wire;
import io.wsboot.server.transport.Transport;
import io.wsboot.server.transport.WireTransport;
import org.jspecify.annotations.Nullable;

/**
 * A wire of another server, which keeps the socket.
 *
 * @param wire moves the bytes
 * @param key watches the wire
 * @param remoteAddress the client's address; null if unknown
 */
record HostedWire(Wire wire, WireKey key, @Nullable InetSocketAddress remoteAddress) implements ConnectionSource {

	@Override
	public Transport transport(Target connection) {
		return new WireTransport(this.wire, this.key);
	}

	@Override
	public SelectionKey register(Target connection) {
		this.key.begin(connection);
		return this.key;
	}

	@Override
	public void close() throws IOException {
		this.key.cancel();
		this.wire.close();
	}

}
