package io.wsboot.server.outbound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.Principal;

import io.wsboot.server.transport.Transport;

/**
 * A transport for tests of output: nothing can be read.
 */
public record WriteOnly(WritableByteChannel channel) implements Transport {

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
		return true;
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
