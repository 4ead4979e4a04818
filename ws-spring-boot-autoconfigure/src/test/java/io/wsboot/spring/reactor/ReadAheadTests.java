package io.wsboot.spring.reactor;

import java.nio.ByteBuffer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How far a channel reads ahead. */
class ReadAheadTests {

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final ReadAhead arrived = new ReadAhead(this.channel);

	/** A read of Netty's: some bytes in a buffer that has room for more. */
	private static ByteBuf read(int bytes, int capacity) {
		return Unpooled.buffer(capacity, capacity).writeZero(bytes);
	}

	private int addUntilItStops(int bytes, int capacity) {
		int count = 0;
		while (this.channel.config().isAutoRead() && count < 100_000) {
			this.arrived.add(read(bytes, capacity));
			count++;
		}
		return count;
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 100, 2048 })
	void endsWhenBuffersTakeTooMuchHoweverLittleIsInThem(int bytes) {
		int count = addUntilItStops(bytes, 2048);
		assertThat(count).isBetween(30, 40);
		assertThat(this.arrived.held()).isBetween(count * 2048, 84_000);
		ByteBuffer into = ByteBuffer.allocate(count * bytes);
		assertThat(this.arrived.read(into)).isEqualTo(count * bytes);
		assertThat(this.arrived.held()).isZero();
		this.channel.runPendingTasks();
		assertThat(this.channel.config().isAutoRead()).isTrue();
	}

	@Test
	void goesOnWhenHalfOfThemAreFree() {
		int count = addUntilItStops(2048, 2048);
		for (int i = 0; i < count / 2 - 1; i++) {
			this.arrived.read(ByteBuffer.allocate(2048));
		}
		this.channel.runPendingTasks();
		assertThat(this.channel.config().isAutoRead()).isFalse();
		for (int i = 0; i < 2; i++) {
			this.arrived.read(ByteBuffer.allocate(2048));
		}
		this.channel.runPendingTasks();
		assertThat(this.channel.config().isAutoRead()).isTrue();
	}

	@Test
	void oneReadOfTheMostThatNettyReadsDoesNotEndIt() {
		assertThat(addUntilItStops(65_536, 65_536)).isEqualTo(2);
		this.arrived.close();
	}

}
