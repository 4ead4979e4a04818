package io.wsboot.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.wsboot.CloseStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Conversations from fixed seeds, cut anywhere, against {@link NaiveServer}. Two go on at
 * a time and share their memory, as those of one event loop do.
 */
class RandomConversationsTest {

	private static final int CONVERSATIONS = 250;

	/** So low that they are often met and often exceeded. */
	private static final ProtocolLimits LOW = new ProtocolLimits(8192, 8192, 100, 300, 320, 4);

	private final ByteBuffer in = ByteBuffer.allocateDirect(8192).order(ByteOrder.LITTLE_ENDIAN);

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4 })
	void areReadAsTheModelDoes(long seed) {
		Random random = new Random(seed);
		Map<String, Integer> ends = new TreeMap<>();
		for (int i = 0; i < CONVERSATIONS; i++) {
			Scratch scratch = new Scratch(new int[] { 0, 16, 256, 4096 }[random.nextInt(4)]);
			Trial one = new Trial(random, scratch);
			Trial other = new Trial(random, scratch);
			while (one.goesOn() || other.goesOn()) {
				one.step();
				other.step();
			}
			one.check();
			ends.merge(one.end(), 1, Integer::sum);
			other.check();
		}
		// All ends are met, so the comparison is not idle.
		assertThat(ends).containsKeys("open", "closed PEER", "closed LOCAL", "closed VIOLATION 1002",
				"closed VIOLATION 1007", "closed VIOLATION 1008", "closed VIOLATION 1009");
	}

	private final class Trial {

		private final Random random;

		private final Scratch scratch;

		private final ProtocolLimits limits;

		private final byte[] wire;

		private final int closeAt;

		private final int longest;

		private final Exchange exchange;

		private int sent;

		private String last = "";

		Trial(Random random, Scratch scratch) {
			this.random = random;
			this.scratch = scratch;
			this.limits = random.nextBoolean() ? LOW : Exchange.LIMITS;
			this.wire = new RandomConversation(random).wire();
			this.closeAt = (random.nextInt(5) == 0) ? random.nextInt(this.wire.length + 1) : Integer.MAX_VALUE;
			this.longest = 1 + random.nextInt(random.nextBoolean() ? 8 : 400);
			this.exchange = Exchange.open(this.limits, scratch);
			if (random.nextBoolean()) {
				this.exchange.recorder.on("text", this.exchange.protocol::pause);
				this.exchange.recorder.on("ping", this.exchange.protocol::pause);
			}
			closeIfDue();
		}

		boolean goesOn() {
			return this.sent < this.wire.length;
		}

		void step() {
			if (!goesOn()) {
				return;
			}
			int until = (this.sent < this.closeAt) ? Math.min(this.closeAt, this.wire.length) : this.wire.length;
			int count = Math.min(1 + this.random.nextInt(this.longest), until - this.sent);
			ByteBuffer chunk = RandomConversationsTest.this.in.clear().put(this.wire, this.sent, count).flip();
			this.sent += count;
			this.exchange.protocol.receive(chunk);
			while (!this.exchange.protocol.reads()) {
				this.exchange.protocol.resume();
				this.exchange.protocol.receive(chunk);
			}
			assertThat(chunk.hasRemaining()).as("bytes not used").isFalse();
			long held = HeldMemory.of(this.exchange.protocol, this.scratch);
			assertThat(held).as("bytes held").isLessThan(2L * this.sent + 1024);
			closeIfDue();
		}

		private void closeIfDue() {
			if (this.sent == this.closeAt) {
				this.exchange.protocol.close(CloseStatus.NORMAL, false);
			}
		}

		void check() {
			List<String> events = this.exchange.recorder.events();
			List<String> expected = NaiveServer.events(this.limits, this.wire, this.closeAt);
			if (!events.equals(expected)) {
				assertThat(events).as("what becomes of %s, closed at %d", Arrays.toString(this.wire), this.closeAt)
					.isEqualTo(expected);
			}
			this.last = events.isEmpty() ? "" : events.get(events.size() - 1);
		}

		String end() {
			if (!this.last.startsWith("closed")) {
				return "open";
			}
			return this.last.startsWith("closed VIOLATION") ? this.last : this.last.substring(0, 12).strip();
		}

	}

}
