package io.wsboot.protocol;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;

import com.sun.management.ThreadMXBean;
import io.wsboot.ClientBytes;
import io.wsboot.CloseStatus;
import io.wsboot.EndpointOptions;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static io.wsboot.ClientBytes.BINARY;
import static io.wsboot.ClientBytes.CONTINUATION;
import static io.wsboot.ClientBytes.FIN;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a message allocates, as the JVM counts it, which unlike time is the same on every
 * run.
 */
class CostPerMessageTest {

	/** No object is smaller. */
	private static final int SMALLEST_OBJECT = 16;

	private static final int MESSAGES = 1000;

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final Counter counter = new Counter();

	private final ServerProtocol protocol = new ServerProtocol(Exchange.LIMITS, new Scratch(65_536),
			Compression.Offer.NONE, this.counter);

	CostPerMessageTest() {
		this.protocol.receive(Exchange.lend(new ClientBytes().handshake().bytes()));
		this.protocol.request()
			.accept(HandshakeDecision.accept(), EndpointOptions.DEFAULTS, Exchange.LIMITS, this.counter);
	}

	@Test
	void aWholeBinaryMessageAllocatesNothing() {
		ByteBuffer in = Exchange.lend(new ClientBytes().binary(new byte[1000]).bytes());
		int start = in.position();
		this.protocol.receive(in);
		long before = allocated();
		for (int i = 0; i < MESSAGES; i++) {
			this.protocol.receive(in.position(start));
		}
		assertThat(allocated() - before).isLessThan(MESSAGES * SMALLEST_OBJECT);
		assertThat(this.counter.messages).isEqualTo(MESSAGES + 1);
	}

	@Test
	void aTextAllocatesItself() {
		ByteBuffer in = Exchange.lend(new ClientBytes().text("x".repeat(1000)).bytes());
		int start = in.position();
		this.protocol.receive(in);
		long before = allocated();
		for (int i = 0; i < MESSAGES; i++) {
			this.protocol.receive(in.position(start));
		}
		assertThat((allocated() - before) / MESSAGES).isBetween(1000L, 1000L + 64);
		assertThat(this.counter.messages).isEqualTo(MESSAGES + 1);
	}

	@Test
	void aMessageOfManyFragmentsIsNotCopiedForEachOfThem() {
		int fragments = Exchange.LIMITS.maxFragments();
		ByteBuffer first = Exchange.lend(new ClientBytes().frame(BINARY, new byte[256]).bytes());
		ByteBuffer next = Exchange.lend(new ClientBytes().frame(CONTINUATION, new byte[256]).bytes());
		ByteBuffer last = Exchange.lend(new ClientBytes().frame(FIN | CONTINUATION, new byte[256]).bytes());
		int start = next.position();
		long before = allocated();
		this.protocol.receive(first);
		for (int i = 2; i < fragments; i++) {
			this.protocol.receive(next.position(start));
		}
		this.protocol.receive(last);
		assertThat(allocated() - before).isLessThan(5L * 256 * fragments);
		assertThat(this.counter.messages).isEqualTo(1);
	}

	private long allocated() {
		return this.threads.getThreadAllocatedBytes(Thread.currentThread().getId());
	}

	/** Allocates nothing itself. */
	private static final class Counter implements HandshakeListener, ProtocolListener {

		private int messages;

		@Override
		public void onRefused(HandshakeDecision.Refuse refusal) {
			throw new AssertionError("refused");
		}

		@Override
		public void onRequest(String method, HandshakeRequest request, HandshakeDecision.@Nullable Refuse fault) {
		}

		@Override
		public void onText(String text, int size) {
			this.messages++;
		}

		@Override
		public void onBinary(ByteBuffer payload) {
			this.messages++;
		}

		@Override
		public void onTextPart(String part, int size, boolean last) {
			throw new AssertionError("a message in parts");
		}

		@Override
		public void onBinaryPart(ByteBuffer part, boolean last) {
			throw new AssertionError("a message in parts");
		}

		@Override
		public void onPing(ByteBuffer payload) {
		}

		@Override
		public void onPong(ByteBuffer payload) {
		}

		@Override
		public void onClosed(CloseStatus status, CloseCause cause) {
			throw new AssertionError("closed");
		}

		@Override
		public void writeResponse(ByteBuffer response) {
		}

		@Override
		public void writePong(ByteBuffer frame) {
		}

		@Override
		public void writeClose(ByteBuffer frame, boolean urgent) {
		}

	}

}
