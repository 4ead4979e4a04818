package io.wsboot.server.outbound;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.wsboot.Message;
import io.wsboot.MessageDroppedException;
import io.wsboot.SendResult;
import io.wsboot.protocol.Compression;
import io.wsboot.protocol.outgoing.DataFrames;
import io.wsboot.protocol.outgoing.StreamedFrames;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.outbound.PendingWrite.Kind;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two workers and a loop send to two slow peers whatever can be sent, in thousands of
 * random interleavings, while the peers read, go away, or are closed. After each step the
 * bytes that are counted are those that wait; in the end nobody waits, everybody has been
 * told once and rightly, and what the peers have got are whole messages in order.
 * <p>
 * {@code -Dwsboot.interleavings=100000} runs as many of each kind, and
 * {@code -Dwsboot.interleaving=SEED} the one that has failed.
 */
@Timeout(600)
class OutboundInterleavingsTest {

	private static final int RUNS = Integer.getInteger("wsboot.interleavings", 400);

	private static final int MOST_QUEUED = 200;

	/** How outgoing messages are compressed. */
	enum Compressed {

		NO, ALONE, WITH_TAKEOVER

	}

	/** Takeover is agreed on with this policy only. */
	@ParameterizedTest
	@CsvSource({ "CLOSE, NO", "CLOSE, ALONE", "CLOSE, WITH_TAKEOVER", "DROP_OLDEST, NO", "DROP_OLDEST, ALONE",
			"DROP_NEWEST, NO", "DROP_NEWEST, ALONE", "BLOCK, NO", "BLOCK, ALONE", "CONFLATE, NO", "CONFLATE, ALONE" })
	void leaveNothingUndone(OverflowPolicy policy, Compressed compressed) {
		Long only = Long.getLong("wsboot.interleaving");
		long first = (only != null) ? only : policy.ordinal() * 1_000_000_000L + compressed.ordinal() * 100_000_000L;
		for (long seed = first; seed < first + ((only != null) ? 1 : RUNS); seed++) {
			try {
				new Run(seed, policy, compressed).run();
			}
			catch (AssertionError ex) {
				throw new AssertionError("-Dwsboot.interleaving=" + seed + ": " + ex.getMessage(), ex);
			}
		}
	}

	/** A message that has been sent, or a part of one that is not told how it ends. */
	private record Sent(SteppedOutput to, byte[] payload, String key, String sender, int number,
			CompletableFuture<Void> completion, SendResult[] result) {
	}

	private static final class Run {

		private final Random random;

		private final OverflowPolicy policy;

		private final DataFrames frames;

		private final Compressors compressors;

		private final LatestKeys keys = new LatestKeys();

		private final SteppedLoop loop = new SteppedLoop();

		private final List<SteppedOutput> outputs = new ArrayList<>();

		private final List<Sent> sent = new ArrayList<>();

		private final Map<String, Integer> numbers = new HashMap<>();

		/** Completions, by how often they have been told. */
		private final Map<CompletableFuture<Void>, Integer> told = new HashMap<>();

		private final Interleaving interleaving;

		private int depth;

		Run(long seed, OverflowPolicy policy, Compressed compressed) {
			this.random = new Random(seed);
			this.policy = policy;
			this.frames = DataFrames.ofServer(this.random.nextBoolean() ? 0 : 20);
			this.compressors = new Compressors(this.frames, 6);
			OutboundOptions options = new OutboundOptions(MOST_QUEUED, 100, policy, Duration.ZERO, 0);
			for (int i = 0; i < 2; i++) {
				SteppedOutput output = new SteppedOutput(this.loop, options, this.frames, this.random);
				if (compressed != Compressed.NO) {
					output.sender.compress(new SessionCompression(
							new Compression(compressed == Compressed.WITH_TAKEOVER, 15), this.compressors, 20));
				}
				this.outputs.add(output);
			}
			this.interleaving = new Interleaving(this.random, () -> this.outputs.forEach(SteppedOutput::checkBytes));
		}

		void run() {
			this.interleaving.add("loop", this.loop::run);
			for (String name : List.of("worker 1", "worker 2")) {
				this.interleaving.add(name, () -> {
					for (int i = 0; i < 4; i++) {
						act();
						Interleaving.pause();
					}
				});
			}
			for (int i = this.random.nextInt(4); i > 0; i--) {
				this.loop.plan(this.random.nextBoolean() ? this::act : this::batch);
			}
			this.interleaving.add("peers", () -> {
				for (int i = 0; i < 12; i++) {
					any().read(this.random.nextInt(80));
					Interleaving.pause();
				}
				this.outputs.forEach(this::end);
			});
			try {
				this.interleaving.run("loop");
				this.outputs.forEach(SteppedOutput::checkRest);
				check();
				this.outputs.forEach((output) -> this.loop.plan(output::drop));
				this.interleaving.run("loop");
				this.outputs.forEach(SteppedOutput::checkRest);
				checkOutcomes();
			}
			finally {
				this.interleaving.cancel();
				this.outputs.forEach((output) -> output.peer.end());
				this.compressors.end();
			}
			assertThat(this.compressors.held()).as("zlib states").isZero();
		}

		/** A peer reads all, or is gone. */
		private void end(SteppedOutput output) {
			switch (this.random.nextInt(6)) {
				case 0 -> output.reset();
				case 1 -> this.loop.execute(output::drop);
				default -> output.read(1_000_000);
			}
			Interleaving.pause();
		}

		private SteppedOutput any() {
			return this.outputs.get(this.random.nextInt(2));
		}

		/** Something that an application does. */
		private void act() {
			SteppedOutput to = any();
			switch (this.random.nextInt(12)) {
				case 0, 1, 2 -> send(to, null, null);
				case 3, 4, 5 -> sendAsync(to);
				case 6, 7 -> send(to, null, new Key("k" + this.random.nextInt(2)));
				case 8, 9 -> stream(to);
				case 10 -> broadcast();
				default -> {
					if (this.random.nextInt(3) == 0) {
						to.close(this.random.nextBoolean() ? Kind.CLOSE : Kind.URGENT_CLOSE);
					}
					else {
						control(to);
					}
				}
			}
		}

		private static void control(SteppedOutput to) {
			if (to.isOpen()) {
				to.outbound.sendAnyway(PendingWrite.of(Kind.PONG, ByteBuffer.wrap(new byte[] { (byte) 0x8A, 1, 0 })));
			}
		}

		/** On the loop, in the middle of what it does for a connection. */
		private void batch() {
			SteppedOutput to = any();
			boolean batch = to.outbound.beginBatch(this.loop.staging());
			for (int i = this.random.nextInt(4); i > 0; i--) {
				ByteBuffer payload = payload();
				if (this.random.nextBoolean() && to.isOpen() && batch && !to.sender.isCompressed(payload.remaining())) {
					byte[] bytes = payload.array();
					if (to.outbound.sendInBatch(false, payload)) {
						this.sent.add(record(to, bytes, null, null, SendResult.QUEUED));
					}
				}
				else {
					act();
				}
			}
			if (batch) {
				to.outbound.endBatch();
			}
		}

		private ByteBuffer payload() {
			byte[] bytes = new byte[4 + this.random.nextInt((this.random.nextInt(10) == 0) ? 300 : 90)];
			ByteBuffer payload = ByteBuffer.wrap(bytes);
			this.random.ints(bytes.length, 'a', 'e').forEach((b) -> payload.put((byte) b));
			payload.clear().putInt(0, this.random.nextInt());
			return payload;
		}

		private Sent record(SteppedOutput to, byte[] payload, String key, CompletableFuture<Void> completion,
				SendResult result) {
			String sender = Thread.currentThread().getName();
			return new Sent(to, payload, key, sender, this.numbers.merge(sender, 1, Integer::sum), completion,
					new SendResult[] { result });
		}

		private SendResult send(SteppedOutput to, CompletableFuture<Void> completion, Key key) {
			ByteBuffer payload = payload();
			boolean conflates = this.policy == OverflowPolicy.CONFLATE;
			LatestKey latest = (key != null && conflates) ? this.keys.of(key) : null;
			Sent record = record(to, payload.array(), (latest != null) ? key.name() : null, completion, null);
			this.sent.add(record);
			SendResult result = to.sender.send(MessageEncoder.latest(this.frames, latest, Message.binary(payload)),
					completion, null);
			record.result[0] = result;
			return result;
		}

		private void sendAsync(SteppedOutput to) {
			CompletableFuture<Void> completion = new CompletableFuture<>();
			send(to, completion, null);
			int again = this.random.nextInt(3);
			completion.whenComplete((nothing, error) -> {
				this.told.merge(completion, 1, Integer::sum);
				SteppedOutput.foreign();
				for (int i = 0; i < again && this.depth < 3; i++) {
					this.depth++;
					act();
					this.depth--;
				}
			});
		}

		/** Part by part, as {@link FragmentedSend} does. */
		private void stream(SteppedOutput to) {
			Object message = new Object();
			StreamedFrames parts = this.frames.begin(false);
			ByteBuffer payload = payload();
			Sent record = record(to, payload.array(), "", null, null);
			while (payload.hasRemaining() && to.isOpen()) {
				ByteBuffer part = payload.slice().limit(Math.min(payload.remaining(), 1 + this.random.nextInt(60)));
				int size = part.remaining();
				if (to.sender.reservePart(parts.size(size)) == null) {
					payload.position(payload.position() + size);
					to.sender.sendPart(PendingWrite.part(message, parts.next(part, false), parts.frameSize(), false),
							false, size);
				}
				else {
					break;
				}
				Interleaving.pause();
			}
			if (to.isOpen()) { // the parts before it have been taken
				to.outbound.watermarks().add(parts.size(0));
				to.sender.sendPart(
						PendingWrite.part(message, parts.next(ByteBuffer.allocate(0), true), parts.frameSize(), true),
						false, 0);
				byte[] taken = new byte[payload.position()];
				payload.get(0, taken);
				if (taken.length < 4) {
					return;
				}
				this.sent.add(new Sent(to, taken, "", record.sender(), record.number(), null,
						new SendResult[] { SendResult.QUEUED }));
			}
		}

		private void broadcast() {
			ByteBuffer payload = payload();
			MessageEncoder message = MessageEncoder.of(this.frames, Message.binary(payload));
			Broadcast broadcast = new Broadcast();
			for (SteppedOutput to : this.outputs) {
				Sent record = record(to, payload.array(), null, null, null);
				this.sent.add(record);
				record.result[0] = to.sender.send(message, null, broadcast);
			}
			broadcast.end();
		}

		private void check() {
			for (SteppedOutput output : this.outputs) {
				Map<ByteBuffer, Sent> byPayload = new HashMap<>();
				this.sent.stream()
					.filter((message) -> message.to() == output)
					.forEach((message) -> byPayload.put(ByteBuffer.wrap(message.payload()), message));
				Map<String, Integer> last = new HashMap<>();
				Set<Sent> got = new HashSet<>();
				for (byte[] payload : output.peer.messages()) {
					if (payload.length < 4) {
						continue; // one that was broken off before it could be told from
									// others
					}
					Sent message = byPayload.get(ByteBuffer.wrap(payload));
					assertThat(message).as("a message that was sent, of %d bytes", payload.length).isNotNull();
					assertThat(got.add(message)).as("once").isTrue();
					if (!"".equals(message.key())) { // others may overtake one that is
														// sent piecewise
						String line = message.sender() + " " + message.key();
						assertThat(message.number()).as("order of %s", line).isGreaterThan(last.getOrDefault(line, 0));
						last.put(line, message.number());
					}
				}
				for (Sent message : byPayload.values()) {
					check(message, got.contains(message));
				}
			}
		}

		private void check(Sent message, boolean got) {
			CompletableFuture<Void> completion = message.completion();
			if (completion != null) {
				assertThat(completion.isDone() || message.to().isOpen()).as("told of what became of it").isTrue();
			}
			if (completion != null && completion.isDone()) {
				assertThat(!completion.isCompletedExceptionally()).as("told of what was got").isEqualTo(got);
			}
			else if (message.to().isOpen() && message.key() == null && (this.policy != OverflowPolicy.DROP_OLDEST)) {
				SendResult result = message.result()[0];
				assertThat(got)
					.as("%s and got: message %d of %s; %s", result, message.number(), message.sender(), message.to())
					.isEqualTo(result == SendResult.QUEUED || result == SendResult.CONGESTED);
			}
		}

		/** When all is over. */
		private void checkOutcomes() {
			for (Sent message : this.sent) {
				CompletableFuture<Void> completion = message.completion();
				if (completion != null) {
					assertThat(this.told.get(completion)).as("times that it was told").isOne();
					if (this.policy == OverflowPolicy.CLOSE || this.policy == OverflowPolicy.BLOCK) {
						completion.exceptionally((error) -> {
							Throwable cause = (error instanceof CompletionException) ? error.getCause() : error;
							assertThat(cause).isNotInstanceOf(MessageDroppedException.class);
							return null;
						}).join();
					}
				}
			}
		}

		/** Compared by code that may be interrupted, or send. */
		private final class Key {

			private final String name;

			Key(String name) {
				this.name = name;
			}

			String name() {
				return this.name;
			}

			@Override
			public boolean equals(Object other) {
				SteppedOutput.foreign();
				if (Run.this.random.nextInt(10) == 0 && Run.this.depth < 3) {
					Run.this.depth++;
					act();
					Run.this.depth--;
				}
				return other instanceof Key key && key.name.equals(this.name);
			}

			@Override
			public int hashCode() {
				SteppedOutput.foreign();
				return 1;
			}

		}

	}

}
