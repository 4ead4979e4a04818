package io.wsboot.server.loop;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How busy a loop has been.
 */
class LoopLoadTest {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	@Test
	void areSharesOfWindowsOfASecondOrMore() {
		LoopLoad load = new LoopLoad(0);
		load.idleFrom(SECOND / 4);
		assertThat(load.isIdle()).isTrue();
		assertThat(load.share(SECOND - 1)).isZero();
		assertThat(load.share(SECOND)).isEqualTo(0.25);
		load.busyFrom(SECOND);
		load.idleFrom(2 * SECOND);
		assertThat(load.share(2 * SECOND - 1)).isEqualTo(0.25);
		assertThat(load.share(3 * SECOND)).isEqualTo(0.5);
		assertThat(load.share(4 * SECOND)).isZero();
	}

}
