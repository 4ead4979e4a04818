package io.wsboot.server.admission;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many messages, bytes or handshakes a rate allows.
 */
class RateLimitTest {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	/** What has been counted. */
	private long count;

	private boolean allows(RateLimit limit, long now) {
		return isKept(limit.next(this.count, now), now);
	}

	private boolean allows(RateLimit limit, int bytes, long now) {
		return isKept(limit.next(this.count, now, bytes), now);
	}

	private boolean isKept(long count, long now) {
		boolean allowed = RateLimit.allows(count, now);
		this.count = allowed ? count : this.count;
		return allowed;
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 1000 })
	void allowABurstOfOneSecond(int perSecond) {
		RateLimit limit = new RateLimit(perSecond);
		this.count = -5;
		for (int i = 0; i < perSecond; i++) {
			assertThat(allows(limit, -5)).isTrue();
		}
		assertThat(allows(limit, -5)).isFalse();
		assertThat(allows(limit, -5 + SECOND / perSecond)).isTrue();
		assertThat(allows(limit, -5 + SECOND / perSecond)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 1000, 10_000 })
	void ofBytesAllowABurstOfOneSecond(int perSecond) {
		RateLimit limit = new RateLimit(perSecond);
		this.count = -5;
		assertThat(allows(limit, perSecond + 1, -5)).isFalse();
		for (int i = 0; i < perSecond - 1; i++) {
			assertThat(allows(limit, 1, -5)).isTrue();
		}
		assertThat(allows(limit, 2, -5)).isFalse();
		assertThat(allows(limit, 1, -5)).isTrue();
		assertThat(allows(limit, 1, -5)).isFalse();
		assertThat(allows(limit, perSecond, -5 + SECOND)).isTrue();
		assertThat(allows(limit, 1, -5 + SECOND)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(longs = { 65_537, 10_000_019, 1L << 31 })
	void ofBytesAreExactToTheNanosecondOfEachMessage(long perSecond) {
		RateLimit limit = new RateLimit(perSecond);
		long bytes = 0;
		while (allows(limit, 1000, 0)) {
			bytes += 1000;
		}
		assertThat(bytes).isBetween(perSecond - 1000, perSecond + perSecond / 400 + 1000);
	}

	@Test
	void ofBytesCountMoreThanAnIntHolds() {
		RateLimit limit = new RateLimit(1L << 33);
		for (int i = 0; i < 4; i++) {
			assertThat(allows(limit, Integer.MAX_VALUE, 0)).isTrue();
		}
		assertThat(allows(limit, Integer.MAX_VALUE, 0)).isFalse();
	}

	@Test
	void neverAllowMoreThanTwiceASecondsWorthWithinOne() {
		RateLimit limit = new RateLimit(100);
		int allowed = 0;
		for (long now = 0; now < SECOND; now += SECOND / 1000) {
			allowed += allows(limit, now) ? 1 : 0;
		}
		assertThat(allowed).isBetween(195, 200);
	}

}
