package io.wsboot.server.transport;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.Principal;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A connection of a trusted proxy, which begins with a header of the PROXY protocol: what
 * follows is TLS or plain, as if the client itself had connected. The header counts
 * towards the handshake's time. Reads from the socket nothing but the header, so that
 * what is behind it is there for the other transport.
 */
public final class ProxiedTransport implements Transport {

	private final SocketChannel channel;

	private final Function<@Nullable InetSocketAddress, Transport> following;

	private final Consumer<String> malformed;

	private final ProxyHeaderReader reader = new ProxyHeaderReader();

	private boolean named;

	/** Null until the header has come. */
	private @Nullable Transport transport;

	/**
	 * @param channel the socket
	 * @param following makes the transport of what follows, given the client; null if the
	 * proxy does not say
	 * @param malformed told what is wrong with a header
	 */
	public ProxiedTransport(SocketChannel channel, Function<@Nullable InetSocketAddress, Transport> following,
			Consumer<String> malformed) {
		this.channel = channel;
		this.following = following;
		this.malformed = malformed;
	}

	@Override
	public int read(ByteBuffer into, int most) throws IOException {
		Transport transport = this.transport;
		if (transport == null) {
			ProxyHeader header = readHeader(into);
			if (header == null) {
				return 0;
			}
			this.named = header.client() != null;
			transport = this.following.apply(header.client());
			this.transport = transport;
		}
		return transport.read(into, most);
	}

	/** The buffer is lent, and left as it was. */
	private @Nullable ProxyHeader readHeader(ByteBuffer lent) throws IOException {
		try {
			while (true) {
				ByteBuffer part = lent.slice();
				int count = this.channel.read(part.limit(this.reader.missing()));
				if (count < 0) {
					throw new EOFException("closed before its PROXY header");
				}
				ProxyHeader header = this.reader.read(part.flip());
				if (header != null || count == 0) {
					return header;
				}
			}
		}
		catch (MalformedProxyHeader ex) {
			this.malformed.accept(String.valueOf(ex.getMessage()));
			throw ex;
		}
	}

	/** The header's own bytes are too few to count. */
	@Override
	public int held() {
		return (this.transport != null) ? this.transport.held() : 0;
	}

	@Override
	public boolean hidesClient() {
		return !this.named;
	}

	@Override
	public boolean hasMore() {
		return this.transport != null && this.transport.hasMore();
	}

	@Override
	public boolean isBusy() {
		return this.transport != null && this.transport.isBusy();
	}

	@Override
	public int write(ByteBuffer from) throws IOException {
		return opened().write(from);
	}

	@Override
	public boolean flush() throws IOException {
		return this.transport == null || this.transport.flush();
	}

	@Override
	public boolean endOutput() throws IOException {
		return opened().endOutput();
	}

	@Override
	public @Nullable Principal peer() {
		return opened().peer();
	}

	/** Nothing is written before a request, which comes behind the header. */
	private Transport opened() {
		if (this.transport == null) {
			throw new IllegalStateException("there is no PROXY header yet");
		}
		return this.transport;
	}

	@Override
	public void close() throws IOException {
		if (this.transport != null) {
			this.transport.close();
		}
		else {
			this.channel.close();
		}
	}

}
