package io.wsboot.server.outbound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.Principal;
import java.util.function.BooleanSupplier;

import io.wsboot.server.transport.Transport;

/**
 * A transport for tests of output: nothing can be read.
 *
 * @param channel takes the bytes
 * @param flushed whether the transport keeps no byte that it has taken
 */
public record WriteOnly(WritableByteChannel channel, BooleanSupplier flushed) implements Transport {

	public WriteOnly(WritableByteChannel channel) {
		this(channel, () -> true);
	}

	@Override
	public int read(ByteBuffer into, int most) {
		return -1;
	}

	@Override
	public int held() {
		return 0;
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
		return this.channel.write(from);
	}

	@Override
	public boolean flush() {
		return this.flushed.getAsBoolean();
	}

	@Override
	public boolean endOutput() {
		return true;
	}

	@Override
	public Principal peer() {
		return null;
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
