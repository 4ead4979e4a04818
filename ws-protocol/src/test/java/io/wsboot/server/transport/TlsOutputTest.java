package io.wsboot.server.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.SSLException;

import io.wsboot.server.RawClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
class TlsOutputTest {

	private static final int SIZE = 64 * 1024;

	private Socket peer;

	private SocketChannel channel;

	private TlsOutput output;

	@BeforeEach
	void connect() throws IOException {
		try (ServerSocketChannel listener = ServerSocketChannel.open()
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
			this.peer = RawClient.socket(listener.socket().getLocalPort(), 4096);
			this.channel = listener.accept();
		}
		this.channel.configureBlocking(false);
		this.output = new TlsOutput(this.channel);
	}

	@AfterEach
	void close() throws IOException {
		this.channel.close();
		this.peer.close();
	}

	/** Writes until the socket takes no more; how many bytes. */
	private long fill() throws IOException {
		long count = 0;
		while (this.output.flush()) {
			this.output.write(ByteBuffer.allocate(SIZE));
			count += SIZE;
		}
		return count;
	}

	/** As with a peer that asks for new keys again and again, and does not read ours. */
	@Test
	void keepsNoMoreThanAHandshakeCanNeed() throws IOException {
		fill();
		assertThatExceptionOfType(SSLException.class).isThrownBy(() -> {
			for (int i = 0; i < 100; i++) {
				this.output.add(ByteBuffer.allocate(2048));
			}
		}).withMessage("the peer does not read");
	}

	@Test
	void endsBehindWhatTheSocketHasNotTakenYet() throws Exception {
		long count = fill();
		assertThat(this.output.end()).isFalse();
		CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> {
			try {
				return this.peer.getInputStream().readAllBytes().length;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
		Awaitility.await().until(this.output::flush);
		assertThat(read.get()).isEqualTo((int) count);
		assertThat(this.output.isEmpty()).isTrue();
	}

	@Test
	void whatIsAddedWaitsForTheNextFlush() throws IOException {
		this.output.add(ByteBuffer.wrap(new byte[] { 1, 2 }));
		this.output.add(ByteBuffer.wrap(new byte[] { 3 }));
		assertThat(this.output.isEmpty()).isFalse();
		assertThat(this.output.flush()).isTrue();
		assertThat(this.peer.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
	}

}
