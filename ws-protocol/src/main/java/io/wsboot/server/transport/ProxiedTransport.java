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
 * The transport of a connection from a trusted proxy. The connection begins with a header
 * of the PROXY protocol; the bytes behind the header are TLS or plain, as if the client
 * itself had connected. This class reads nothing but the header, and leaves the other
 * bytes to the transport that follows. The handshake timeout covers the header too.
 *
 * <pre>
 *            a complete header
 *  header ----------------------> following transport
 *     |      malformed header, or end of input
 *     +-------------------------> IOException, and the connection is dropped
 * </pre>
 */
public final class ProxiedTransport implements Transport {

	private final SocketChannel channel;

	private final Function<@Nullable InetSocketAddress, Transport> following;

	private final Consumer<String> malformed;

	private final ProxyHeaderReader reader = new ProxyHeaderReader();

	/** Whether the header has named the client. Used on the loop only. */
	private boolean named;

	/**
	 * Null until the header is complete. Set once by the loop, before any other thread
	 * can send to the connection.
	 */
	private @Nullable Transport transport;

	/**
	 * Creates the transport of one connection.
	 * @param channel the socket
	 * @param following makes the transport of the bytes behind the header, from the
	 * address of the client; the address is null if the header names no client
	 * @param malformed called with the error message if the header is malformed
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

	/**
	 * Reads the header with a buffer that is lent, and whose position and limit stay as
	 * they are.
	 * @return the header; null if more bytes are needed
	 */
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

	/** The bytes of the header are too few to count. */
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
	public boolean isAnswering() throws IOException {
		return this.transport != null && this.transport.isAnswering();
	}

	@Override
	public boolean endOutput() throws IOException {
		return opened().endOutput();
	}

	@Override
	public @Nullable Principal peer() {
		return opened().peer();
	}

	/**
	 * Returns the transport behind the header. Nothing is written before a request has
	 * come, and the request comes behind the header.
	 */
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
