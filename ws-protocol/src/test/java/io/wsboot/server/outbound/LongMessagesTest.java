package io.wsboot.server.outbound;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.wsboot.ServerBytes;
import io.wsboot.ServerBytes.Frame;
import io.wsboot.protocol.outgoing.DataFrames;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.outbound.PendingWrite.Kind;
import io.wsboot.server.spi.WsServerObserver.DropReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages longer than the loop's buffer, to a socket that takes any number of bytes
 * before it takes no more: what is left must go on where it was cut, and be known for the
 * beginning of a message that has begun.
 */
class LongMessagesTest implements OutboundListener, WritableByteChannel {

	private static final byte[] PAYLOAD = new byte[40];

	static {
		for (int i = 0; i < PAYLOAD.length; i++) {
			PAYLOAD[i] = (byte) i;
		}
	}

	private final ByteArrayOutputStream wire = new ByteArrayOutputStream();

	private final List<String> events = new ArrayList<>();

	private int takes;

	/** How many bytes wait, as the budget is told. */
	private long told;

	private final OutboundWatermarks watermarks = new OutboundWatermarks(
			new OutboundOptions(100, 30, OverflowPolicy.DROP_OLDEST, Duration.ZERO));

	private final OutboundWriter writer = new OutboundWriter(new WriteOnly(this), this.watermarks, this);

	private final ByteBuffer staging = ByteBuffer.allocate(20);

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 7, 10, 39, 40 })
	void goOutWholeWhereverTheyAreCutAndLetAPongBetweenTheirFrames(int threshold) throws IOException {
		DataFrames frames = DataFrames.ofServer(threshold);
		int size = (int) frames.size(PAYLOAD.length);
		for (int cut = 0; cut <= size; cut++) {
			this.wire.reset();
			stage(frames, cut);
			assertThat(this.watermarks.queued()).as("cut at %d", cut).isEqualTo(size - cut);
			this.writer.add(taken(PendingWrite.of(Kind.PONG, ByteBuffer.wrap(new byte[] { (byte) 0x8A, 0 }))));
			go();
			List<Frame> all = new ArrayList<>(ServerBytes.frames(this.wire.toByteArray()));
			assertThat(all.removeIf((frame) -> frame.opcode() == 0xA)).isTrue();
			assertThat(all).as("cut at %d", cut).isEqualTo(plain(frames));
			int frameSize = (threshold == 0 || threshold == 40) ? size : threshold + 2;
			assertThat(pongAt()).as("cut at %d", cut).isBetween(cut, (cut == 0) ? 0 : Math.min(cut + frameSize, size));
			assertThat(this.watermarks.queued()).isZero();
		}
	}

	@Test
	void areNotDroppedOnceTheyHaveBegun() throws IOException {
		DataFrames frames = DataFrames.ofServer(10);
		stage(frames, 24); // two frames of four
		assertThat(this.events).containsExactly("blocked");
		Supplier<PendingWrite> next = () -> PendingWrite.message(ByteBuffer.allocate(100), Integer.MAX_VALUE, null,
				null);
		this.writer.add(taken(next.get()));
		this.writer.add(taken(next.get()));
		this.writer.keepWithinBounds();
		assertThat(this.events).containsExactly("blocked", "congested");
		this.writer.queue().outcomes().tell();
		assertThat(this.events).containsExactly("blocked", "congested", "dropped 1");
		assertThat(this.watermarks.queued()).isEqualTo(24 + 100);
		go();
		assertThat(this.wire.size()).isEqualTo(48 + 100);
	}

	@Test
	void areGivenUpBehindTheirCurrentFrameForAnUrgentClose() throws IOException {
		stage(DataFrames.ofServer(10), 13);
		this.writer.add(taken(PendingWrite.of(Kind.URGENT_CLOSE, ByteBuffer.wrap(new byte[] { (byte) 0x88, 0 }))));
		assertThat(this.watermarks.queued()).isEqualTo(11 + 2);
		go();
		assertThat(ServerBytes.frames(this.wire.toByteArray())).extracting(Frame::opcode).containsExactly(2, 0, 8);
		assertThat(this.watermarks.queued()).isZero();
	}

	/** As inside TLS: the transport has taken all bytes, and the socket has not. */
	@Test
	void waitForBytesThatTheTransportKeeps() throws IOException {
		OutboundWriter sealing = new OutboundWriter(new WriteOnly(this, () -> false), this.watermarks, this);
		ByteBuffer payload = ByteBuffer.wrap(PAYLOAD);
		assertThat(sealing.addLong(DataFrames.ofServer(0), false, payload, this.staging.clear())).isFalse();
		assertThat(sealing.addLong(DataFrames.ofServer(0), false, payload, this.staging.clear())).isFalse();
		assertThat(this.events).containsExactly("blocked");
		assertThat(payload.position()).isZero();
		assertThat(this.wire.size()).isZero();
	}

	private void stage(DataFrames frames, int takes) throws IOException {
		this.takes = takes;
		assertThat(this.writer.addLong(frames, false, ByteBuffer.wrap(PAYLOAD), this.staging.clear())).isTrue();
		this.writer.writeBatch(this.staging); // a message that was not too long after
												// all
		assertThat(this.wire.size()).isEqualTo(takes);
	}

	private PendingWrite taken(PendingWrite item) {
		this.watermarks.add(item.bytes.remaining());
		return item;
	}

	private void go() throws IOException {
		this.takes = Integer.MAX_VALUE;
		this.writer.unblock();
		this.writer.write(null);
	}

	private static List<Frame> plain(DataFrames frames) {
		ByteBuffer out = ByteBuffer.allocate((int) frames.size(PAYLOAD.length));
		frames.write(out, false, ByteBuffer.wrap(PAYLOAD));
		return ServerBytes.frames(out.array());
	}

	private int pongAt() {
		byte[] bytes = this.wire.toByteArray();
		for (int i = 0; i < bytes.length; i++) {
			if (bytes[i] == (byte) 0x8A) {
				return i;
			}
		}
		return -1;
	}

	@Override
	public int write(ByteBuffer bytes) {
		int count = Math.min(this.takes, bytes.remaining());
		this.takes -= count;
		for (int i = 0; i < count; i++) {
			this.wire.write(bytes.get());
		}
		return count;
	}

	@Override
	public boolean isOpen() {
		return true;
	}

	@Override
	public void close() {
	}

	@Override
	public void blocked() {
		this.events.add("blocked");
	}

	@Override
	public void queued(long change) {
		this.told += change;
	}

	@Override
	public void congested() {
		this.events.add("congested");
	}

	@Override
	public void drained() {
		this.events.add("drained");
	}

	@Override
	public void dropped(DropReason reason, int messages) {
		this.events.add("dropped " + messages);
	}

	@Override
	public void overflowed() {
		throw new AssertionError();
	}

	@Override
	public void finished() {
	}

	@Override
	public void failed(Throwable cause) {
		throw new AssertionError(cause);
	}

}
