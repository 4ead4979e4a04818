package io.wsboot.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A socket.
 *
 * @param channel the socket
 */
record PlainWire(SocketChannel channel) implements Wire {

	@Override
	public int read(ByteBuffer to) throws IOException {
		return this.channel.read(to);
	}

	@Override
	public void write(ByteBuffer from) throws IOException {
		this.channel.write(from);
	}

	@Override
	public boolean flush() {
		return true;
	}

}
