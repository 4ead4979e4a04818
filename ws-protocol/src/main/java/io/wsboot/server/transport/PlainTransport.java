package io.wsboot.server.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.Principal;

import org.jspecify.annotations.Nullable;

/**
 * A transport without encryption: the socket's bytes are the connection's bytes. The
 * record holds no bytes of its own.
 *
 * @param channel the socket
 */
public record PlainTransport(SocketChannel channel) implements Transport {

	@Override
	public int read(ByteBuffer into, int most) throws IOException {
		if (most < into.remaining()) {
			into.limit(into.position() + most);
		}
		return this.channel.read(into);
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
	public boolean endOutput() throws IOException {
		this.channel.shutdownOutput();
		return true;
	}

	@Override
	public @Nullable Principal peer() {
		return null;
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
