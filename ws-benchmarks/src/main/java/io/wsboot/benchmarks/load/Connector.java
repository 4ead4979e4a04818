package io.wsboot.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import javax.net.ssl.SSLContext;

/** Opens connections, one after the other, up to and including their handshake. */
final class Connector {

	private final Target target;

	private final ByteBuffer answer = ByteBuffer.allocate(8192);

	Connector(Target target) {
		this.target = target;
	}

	Wire open(int seed) throws IOException {
		SocketChannel channel = SocketChannel.open();
		try {
			configure(channel);
			channel.connect(this.target.address());
			Wire wire = wire(channel);
			OpeningRequest request = OpeningRequest.of(this.target, seed);
			wire.write(ByteBuffer.wrap(request.bytes()));
			this.answer.clear();
			do {
				if (wire.read(this.answer) < 0) {
					throw new EOFException("the server hung up on a handshake");
				}
			}
			while (!request.isAnswered(this.answer.duplicate().flip(), this.target.deflate()));
			return wire;
		}
		catch (IOException | RuntimeException ex) {
			channel.close();
			throw ex;
		}
	}

	/** Closing resets the connection, so that no port is left waiting. */
	static void configure(SocketChannel channel) throws IOException {
		channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
		channel.setOption(StandardSocketOptions.SO_LINGER, 0);
	}

	private Wire wire(SocketChannel channel) throws IOException {
		SSLContext tls = this.target.tls();
		if (tls == null) {
			return new PlainWire(channel);
		}
		TlsWire wire = new TlsWire(channel, tls.createSSLEngine("localhost", this.target.port()));
		wire.handshake();
		return wire;
	}

}
