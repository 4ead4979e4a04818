package io.wsboot.server.connection;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import javax.net.ssl.SSLEngine;

import io.wsboot.Headers;
import io.wsboot.server.spi.Upgrade;
import io.wsboot.server.spi.Wire;
import io.wsboot.server.spi.WireEvents;

/**
 * An upgrade that has been refused.
 *
 * @param status the status of the answer
 * @param headers the fields of the answer
 */
record RefusedUpgrade(int status, Headers headers) implements Upgrade {

	@Override
	public void adopt(SocketChannel socket, ByteBuffer received, Closeable owner) {
		throw refused();
	}

	@Override
	public void adopt(SocketChannel socket, SSLEngine engine, ByteBuffer sealed, ByteBuffer received, Closeable owner) {
		throw refused();
	}

	@Override
	public WireEvents adopt(Wire wire, ByteBuffer received) {
		throw refused();
	}

	private IllegalStateException refused() {
		return new IllegalStateException("the upgrade is refused with " + this.status);
	}

	@Override
	public void abandon() {
	}

}
