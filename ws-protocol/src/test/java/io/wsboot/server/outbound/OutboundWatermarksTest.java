package io.wsboot.server.outbound;

import java.time.Duration;

import io.wsboot.SendResult;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.OverflowPolicy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The bounds of what waits for one peer.
 */
class OutboundWatermarksTest {

	private final OutboundWatermarks watermarks = new OutboundWatermarks(
			new OutboundOptions(100, 50, OverflowPolicy.CLOSE, Duration.ZERO));

	@Test
	void takeASingleMessageOfAnySize() {
		assertThat(this.watermarks.tryReserve(1000)).isTrue();
		assertThat(this.watermarks.tryReserve(1)).isFalse();
		this.watermarks.add(-1000);
		assertThat(this.watermarks.tryReserve(60)).isTrue();
		assertThat(this.watermarks.tryReserve(41)).isFalse();
		assertThat(this.watermarks.tryReserve(40)).isTrue();
	}

	@Test
	void tellOfEachMarkOnce() {
		this.watermarks.add(50);
		assertThat(this.watermarks.mark()).isEqualTo(OutboundWatermarks.Mark.NONE);
		this.watermarks.add(1);
		assertThat(this.watermarks.mark()).isEqualTo(OutboundWatermarks.Mark.HIGH);
		assertThat(this.watermarks.mark()).isEqualTo(OutboundWatermarks.Mark.NONE);
		this.watermarks.add(-25);
		assertThat(this.watermarks.mark()).isEqualTo(OutboundWatermarks.Mark.NONE);
		this.watermarks.add(-1);
		assertThat(this.watermarks.mark()).isEqualTo(OutboundWatermarks.Mark.LOW);
		assertThat(this.watermarks.mark()).isEqualTo(OutboundWatermarks.Mark.NONE);
	}

	@Test
	void tellASenderThatWaitsThoughTheyWereNeverSeenFull() {
		this.watermarks.add(60);
		assertThat(this.watermarks.result()).isEqualTo(SendResult.CONGESTED);
		this.watermarks.add(-60);
		assertThat(this.watermarks.mark()).isEqualTo(OutboundWatermarks.Mark.LOW);
		assertThat(this.watermarks.mark()).isEqualTo(OutboundWatermarks.Mark.NONE);
		assertThat(this.watermarks.result()).isEqualTo(SendResult.QUEUED);
	}

}
