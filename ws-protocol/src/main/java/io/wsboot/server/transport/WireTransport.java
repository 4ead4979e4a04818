package io.wsboot.server.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.security.Principal;

import io.wsboot.server.spi.Wire;
import io.wsboot.server.spi.Carrier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a connection whose socket stays with another server.
 *
 * @param wire moves the bytes
 * @param key watches the wire; cancelled before the wire is closed
 */
public record WireTransport(Wire wire, SelectionKey key) implements Transport {

	@Override
	public int read(ByteBuffer into, int most) throws IOException {
		if (most < into.remaining()) {
			into.limit(into.position() + most);
		}
		return this.wire.read(into);
	}

	@Override
	public int held() {
		return Math.max(0, this.wire.held());
	}

	/** A read frees what the host holds. */
	@Override
	public boolean gathers() {
		return false;
	}

	@Override
	public boolean hasMore() {
		return false;
	}

	@Override
	public boolean isBusy() {
		return false;
	}

	@Override
	public int write(ByteBuffer from) throws IOException {
		return this.wire.write(from);
	}

	@Override
	public boolean flush() throws IOException {
		return this.wire.flush();
	}

	@Override
	public boolean endOutput() throws IOException {
		this.wire.endOutput();
		return true;
	}

	@Override
	public @Nullable Principal peer() {
		return null;
	}

	@Override
	public Carrier carrier() {
		return Carrier.WIRE;
	}

	@Override
	public void close() throws IOException {
		this.key.cancel();
		this.wire.close();
	}

}
