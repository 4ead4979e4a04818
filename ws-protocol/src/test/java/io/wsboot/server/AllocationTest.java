package io.wsboot.server;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;

import com.sun.management.ThreadMXBean;
import io.wsboot.ClientBytes;
import io.wsboot.EndpointLimits;
import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a message leaves for the garbage collector, counted by the JVM on the loop's
 * thread, with every limit, timer and count of the defaults in force.
 */
class AllocationTest {

	private static final int WARM_UP = 20_000;

	private static final int MESSAGES = 100_000;

	private static final WsHandler ECHO = new WsHandler() {

		@Override
		public void onText(WsSession session, String text) {
			session.send(text);
		}

		@Override
		public void onBinary(WsSession session, ByteBuffer payload) {
			session.send(payload);
		}

	};

	@ParameterizedTest
	@CsvSource({ "1, 64", "32, 64", "4, 4096" })
	void ofABinaryEchoOnTheLoopIsNothing(int outstanding, int size) throws IOException {
		byte[] frame = new ClientBytes().binary(new byte[size]).bytes();
		assertThat(perMessage(frame, size + ((size < 126) ? 2 : 4), outstanding)).isLessThan(1);
	}

	@Test
	void ofATextEchoOnTheLoopIsTheStringAndItsBytes() throws IOException {
		byte[] frame = new ClientBytes().text("x".repeat(64)).bytes();
		// String with its array, array and buffer of what is sent
		assertThat(perMessage(frame, 66, 32)).isLessThan(24 + 80 + 80 + 64);
	}

	/** Both are read with what the loop lends, in turn. */
	@Test
	void ofEndpointsWithLimitsOfTheirOwnIsNothingEither() throws IOException {
		byte[] frame = new ClientBytes().binary(new byte[64]).bytes();
		try (WsServer server = WsServer.builder()
			.port(0)
			.options((options) -> options.eventLoops(1))
			.handler("/one", ECHO, limited(1000))
			.handler("/other", ECHO, limited(2000))
			.start();
				RawClient one = RawClient.open(server.port(), "/one");
				RawClient other = RawClient.open(server.port(), "/other")) {
			echoInTurn(frame, WARM_UP, one, other);
			ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
			long loop = loopThread();
			long before = threads.getThreadAllocatedBytes(loop);
			echoInTurn(frame, WARM_UP, one, other);
			double each = (threads.getThreadAllocatedBytes(loop) - before) / (2.0 * WARM_UP);
			assertThat(each).as("bytes per message").isLessThan(1);
		}
	}

	private static EndpointOptions limited(int size) {
		return EndpointOptions.DEFAULTS.withExecution(Execution.EVENT_LOOP)
			.withLimits(EndpointLimits.OF_SERVER.withMaxMessageSize(size));
	}

	private static void echoInTurn(byte[] frame, int times, RawClient... clients) {
		for (int i = 0; i < times; i++) {
			for (RawClient client : clients) {
				client.send(frame);
				assertThat(client.readBytes(66)).hasSize(66);
			}
		}
	}

	private static double perMessage(byte[] frame, int replySize, int outstanding) throws IOException {
		try (WsServer server = WsServer.builder()
			.port(0)
			.options((options) -> options.eventLoops(1))
			.handler("/echo", ECHO, EndpointOptions.DEFAULTS.withExecution(Execution.EVENT_LOOP))
			.start(); RawClient client = RawClient.open(server.port(), "/echo")) {
			byte[] batch = new byte[frame.length * outstanding];
			for (int i = 0; i < outstanding; i++) {
				System.arraycopy(frame, 0, batch, i * frame.length, frame.length);
			}
			echo(client, batch, replySize * outstanding, WARM_UP / outstanding);
			ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
			long loop = loopThread();
			long before = threads.getThreadAllocatedBytes(loop);
			echo(client, batch, replySize * outstanding, MESSAGES / outstanding);
			return (threads.getThreadAllocatedBytes(loop) - before) / (double) MESSAGES;
		}
	}

	private static void echo(RawClient client, byte[] batch, int reply, int times) {
		for (int i = 0; i < times; i++) {
			client.send(batch);
			assertThat(client.readBytes(reply)).hasSize(reply);
		}
	}

	private static long loopThread() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("ws-loop-0"))
			.mapToLong(Thread::getId)
			.max()
			.orElseThrow();
	}

}
