package io.wsboot.server.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.Principal;

import io.wsboot.server.spi.Carrier;
import org.jspecify.annotations.Nullable;

/**
 * A transport on a socket that another server has accepted, and that only this server can
 * close in order.
 *
 * @param transport the transport on the socket
 * @param owner closes the socket, and frees what the other server keeps for the socket
 */
public record OwnedTransport(Transport transport, Closeable owner) implements Transport {

	@Override
	public int read(ByteBuffer into, int most) throws IOException {
		return this.transport.read(into, most);
	}

	@Override
	public int held() {
		return this.transport.held();
	}

	@Override
	public boolean hasMore() {
		return this.transport.hasMore();
	}

	@Override
	public boolean isBusy() {
		return this.transport.isBusy();
	}

	@Override
	public int write(ByteBuffer from) throws IOException {
		return this.transport.write(from);
	}

	@Override
	public boolean flush() throws IOException {
		return this.transport.flush();
	}

	@Override
	public boolean isAnswering() throws IOException {
		return this.transport.isAnswering();
	}

	@Override
	public boolean endOutput() throws IOException {
		return this.transport.endOutput();
	}

	@Override
	public @Nullable Principal peer() {
		return this.transport.peer();
	}

	@Override
	public Carrier carrier() {
		return Carrier.SOCKET;
	}

	@Override
	public void close() throws IOException {
		try {
			this.transport.close();
		}
		finally {
			this.owner.close();
		}
	}

}
