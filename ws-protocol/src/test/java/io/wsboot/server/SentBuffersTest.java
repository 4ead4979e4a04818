package io.wsboot.server;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.management.ThreadMXBean;
import io.wsboot.SendResult;
import io.wsboot.StreamedMessage;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.protocol.outgoing.DataFrames;
import io.wsboot.server.config.CompressionOptions;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.outbound.MessageEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Buffers that an application sends.
 */
@Timeout(60)
class SentBuffersTest {

	/**
	 * Else {@code while (buffer.hasRemaining()) session.send(buffer)} would never end.
	 */
	@Test
	void areAtTheirLimitThoughTheSessionIsClosed() {
		RecordingHandler handler = new RecordingHandler();
		try (RunningServer server = new RunningServer(handler)) {
			RawClient client = server.open("/");
			WsSession session = handler.expectOpen();
			StreamedMessage<ByteBuffer> message = session.streamBinary();
			session.close();
			client.expectClose(1000);
			ByteBuffer buffer = ByteBuffer.allocate(10);
			assertThat(session.send(buffer)).isEqualTo(SendResult.CLOSED);
			assertThat(buffer.hasRemaining()).isFalse();
			assertThat(message.send(buffer.clear())).isEqualTo(SendResult.CLOSED);
			assertThat(buffer.hasRemaining()).isFalse();
			assertThat(session.ping(buffer.clear())).isEqualTo(SendResult.CLOSED);
			assertThat(buffer.hasRemaining()).isFalse();
			assertThat(session.pong(buffer.clear())).isEqualTo(SendResult.CLOSED);
			assertThat(buffer.hasRemaining()).isFalse();
		}
	}

	@Test
	void areAtTheirLimitThoughAPartOfAMessageIsTooMuch() {
		RecordingHandler handler = new RecordingHandler();
		try (RunningServer server = new RunningServer(handler,
				(options) -> options.outbound(new OutboundOptions(1000, 500, OverflowPolicy.CLOSE, Duration.ZERO)))) {
			server.openWithSmallWindow("/");
			WsSession session = handler.expectOpen();
			StreamedMessage<ByteBuffer> message = session.streamBinary();
			ByteBuffer buffer = ByteBuffer.allocate(100_000);
			while (message.send(buffer.clear()) != SendResult.CLOSED) {
				assertThat(buffer.hasRemaining()).isFalse();
			}
			assertThat(buffer.hasRemaining()).isFalse();
		}
	}

	/**
	 * The memory of this one has been freed (by reflection, as it takes a newer Java).
	 */
	private static ByteBuffer freed(int size) throws ReflectiveOperationException {
		Class<?> arenas = Class.forName("java.lang.foreign.Arena");
		Object arena = arenas.getMethod("ofShared").invoke(null);
		Object segment = arenas.getMethod("allocate", long.class, long.class).invoke(arena, (long) size, 1L);
		ByteBuffer buffer = (ByteBuffer) Class.forName("java.lang.foreign.MemorySegment")
			.getMethod("asByteBuffer")
			.invoke(segment);
		arenas.getMethod("close").invoke(arena);
		return buffer;
	}

	/**
	 * Whether it is written straight from the buffer, or encoded first; or compressed.
	 */
	@ParameterizedTest
	@CsvSource({ "/, 8192, false", "/loop, 8192, false", "/loop, 1000000, false", "/, 8192, true",
			"/loop, 8192, true" })
	@EnabledForJreRange(min = JRE.JAVA_22)
	void thatCannotBeReadCostTheirSenderOnly(String path, int size, boolean compressed) throws Exception {
		ByteBuffer freed = freed(size);
		List<Throwable> thrown = new CopyOnWriteArrayList<>();
		WsHandler handler = new WsHandler() {

			@Override
			public void onText(WsSession session, String text) {
				session.send("before");
				try {
					session.send(freed.duplicate());
				}
				catch (IllegalStateException ex) {
					thrown.add(ex);
				}
				session.send("after");
				if (text.equals("stream")) {
					try {
						session.streamBinary().send(freed.duplicate());
					}
					catch (IllegalStateException ex) {
						thrown.add(ex);
					}
				}
			}

		};
		try (RunningServer server = new RunningServer(handler,
				(options) -> options.compression(new CompressionOptions(compressed, 6, 1000, true)))) {
			String[] offer = compressed ? new String[] { "Sec-WebSocket-Extensions: permessage-deflate" }
					: new String[0];
			RawClient client = RawClient.connect(server.port()).handshake(path, offer);
			for (String text : List.of("go", "stream", "go")) {
				client.sendText(text);
				assertThat(client.readText()).isEqualTo("before");
				assertThat(client.readText()).isEqualTo("after");
			}
			client.close();
			assertThat(thrown).hasSize(4);
		}
	}

	/** Each uncompressed message from a worker is one of these. */
	@Test
	void areNotPaidForWithMemoryForCompressedOnes() {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		DataFrames frames = DataFrames.ofServer(0);
		ByteBuffer payload = ByteBuffer.allocate(10);
		Object[] kept = new Object[10_000];
		long before = threads.getCurrentThreadAllocatedBytes();
		for (int i = 0; i < kept.length; i++) {
			kept[i] = new MessageEncoder(frames, true, payload);
		}
		long each = (threads.getCurrentThreadAllocatedBytes() - before) / kept.length;
		assertThat(kept).doesNotContainNull();
		assertThat(each).isLessThan(60);
	}

}
