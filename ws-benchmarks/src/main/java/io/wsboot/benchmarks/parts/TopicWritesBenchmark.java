package io.wsboot.benchmarks.parts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The writes of {@link TopicBenchmark} and nothing else: one thread writes a frame to so
 * many sockets, which another thread reads.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TopicWritesBenchmark {

	static final String TEXT = "x".repeat(64);

	/** To 1,000 members of one topic, or to 10 members of each of 1,000 topics. */
	@Param({ "1000", "10000" })
	public int sockets;

	private final ExecutorService loop = Executors.newSingleThreadExecutor();

	private final List<SocketChannel> members = new ArrayList<>();

	private final ByteBuffer frame = ByteBuffer.allocateDirect(2 + TEXT.length());

	private final TopicBenchmark.Readers readers = new TopicBenchmark.Readers();

	/** Opens the sockets. */
	@Setup
	public void open() throws IOException {
		this.frame.put((byte) 0x81).put((byte) TEXT.length()).put(TEXT.getBytes(StandardCharsets.US_ASCII));
		try (ServerSocketChannel listener = ServerSocketChannel.open()) {
			listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			for (int i = 0; i < this.sockets; i++) {
				this.readers.add(SocketChannel.open(listener.getLocalAddress()));
				SocketChannel member = listener.accept();
				member.configureBlocking(false);
				this.members.add(member);
			}
		}
		this.readers.start();
	}

	/** Writes a frame to each socket. */
	@Benchmark
	public void write() {
		CompletableFuture.runAsync(this::writeAll, this.loop).join();
	}

	private void writeAll() {
		try {
			for (SocketChannel member : this.members) {
				if (member.write(this.frame.clear()) != this.frame.limit()) {
					throw new IllegalStateException("a client does not read");
				}
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Closes the sockets. */
	@TearDown
	public void close() throws IOException {
		this.readers.close();
		for (SocketChannel member : this.members) {
			member.close();
		}
		this.loop.shutdown();
	}

}
