package io.wsboot.benchmarks.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.wsboot.Execution;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.WsTopic;
import io.wsboot.server.WsServer;
import io.wsboot.server.config.TopicOptions;
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
 * Publishes to topics of one event loop, until the loop has written to all members, while
 * 10,000 sessions are open. {@link TopicWritesBenchmark} writes the same from a bare
 * loop.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TopicBenchmark {

	private static final int SESSIONS = 10_000;

	/** How many topics there are. */
	@Param({ "1", "1000" })
	public int topics;

	private final BlockingQueue<WsSession> opened = new LinkedBlockingQueue<>();

	private final List<WsSession> members = new ArrayList<>();

	private final List<WsTopic> published = new ArrayList<>();

	private final WsServer server = WsServer.builder()
		.options((options) -> options.port(0)
			.address(InetAddress.getLoopbackAddress())
			.eventLoops(1)
			.maxConnections(SESSIONS)
			.execution(Execution.EVENT_LOOP)
			.idleTimeout(Duration.ZERO))
		.topics(new TopicOptions(128, 100_000, 256 * 1024, Long.MAX_VALUE / 2, 1, List.of()))
		.handler("/", new WsHandler() {

			@Override
			public void onOpen(WsSession session) {
				TopicBenchmark.this.opened.add(session);
			}

		})
		.start();

	private final Readers readers = new Readers();

	/** Opens the sessions; one topic has 1,000 members, 1,000 topics have 10 each. */
	@Setup
	public void open() throws IOException, InterruptedException {
		int size = (this.topics == 1) ? 1000 : SESSIONS / this.topics;
		for (int i = 0; i < SESSIONS; i++) {
			this.readers.add(handshake());
			WsSession session = this.opened.take();
			if (i < size * this.topics) {
				this.members.add(session);
				this.server.topics().topic("topics/" + i / size).subscribe(session).toCompletableFuture().join();
			}
		}
		for (int i = 0; i < this.topics; i++) {
			this.published.add(this.server.topics().topic("topics/" + i));
			if (this.published.get(i).count() != size) {
				throw new IllegalStateException("not everybody is subscribed");
			}
		}
		this.readers.start();
	}

	private SocketChannel handshake() throws IOException {
		SocketChannel client = SocketChannel
			.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.server.port()));
		client.write(ByteBuffer.wrap(("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
				+ "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
				+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII)));
		return client;
	}

	/** Sends 64 bytes to each member of each topic. */
	@Benchmark
	public void publish() {
		for (WsTopic topic : this.published) {
			topic.publish(TopicWritesBenchmark.TEXT);
		}
		pass();
		pass();
	}

	/**
	 * Waits for the loop: a subscription that is there already changes nothing, behind
	 * all that was published. The second of two waits for the end of the first's round,
	 * in which the loop writes.
	 */
	private void pass() {
		this.published.get(0).subscribe(this.members.get(0)).toCompletableFuture().join();
	}

	/** Subscribes each of 1,000 sessions to one more topic, and ends that. */
	@Benchmark
	public void subscribeAndUnsubscribe() {
		WsTopic topic = this.server.topics().topic("one/more");
		for (int i = 0; i < 1000; i++) {
			topic.subscribe(this.members.get(i));
		}
		for (int i = 0; i < 1000; i++) {
			topic.unsubscribe(this.members.get(i));
		}
		pass();
	}

	/** Stops the server. */
	@TearDown
	public void close() throws IOException {
		this.readers.close();
		this.server.close();
	}

	/** One thread that reads what many clients get. */
	static final class Readers extends Thread {

		private final Selector selector;

		private final ByteBuffer bytes = ByteBuffer.allocateDirect(64 * 1024);

		Readers() {
			try {
				this.selector = Selector.open();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			setDaemon(true);
		}

		void add(SocketChannel client) throws IOException {
			client.configureBlocking(false).register(this.selector, SelectionKey.OP_READ);
		}

		@Override
		public void run() {
			try {
				while (this.selector.isOpen()) {
					this.selector.select(this::read);
				}
			}
			catch (ClosedSelectorException | IOException ex) {
				// the benchmark is over
			}
		}

		private void read(SelectionKey key) {
			try {
				if (((SocketChannel) key.channel()).read(this.bytes.clear()) < 0) {
					key.cancel();
				}
			}
			catch (IOException ex) {
				key.cancel();
			}
		}

		void close() throws IOException {
			for (SelectionKey key : this.selector.keys()) {
				key.channel().close();
			}
			this.selector.close();
		}

	}

}
