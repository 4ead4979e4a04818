package io.wsboot.handshake;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DateFieldTest {

	private final AtomicLong now = new AtomicLong();

	private final DateField field = new DateField(this.now::get);

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			1994-11-06T08:49:37Z | Sun, 06 Nov 1994 08:49:37 GMT
			1970-01-01T00:00:00Z | Thu, 01 Jan 1970 00:00:00 GMT
			2024-02-29T23:59:59Z | Thu, 29 Feb 2024 23:59:59 GMT
			2025-09-30T12:00:01Z | Tue, 30 Sep 2025 12:00:01 GMT
			2038-01-19T03:14:08Z | Tue, 19 Jan 2038 03:14:08 GMT
			9999-12-31T23:59:59Z | Fri, 31 Dec 9999 23:59:59 GMT
			""")
	void isAnImfFixdate(Instant time, String value) {
		this.now.set(time.getEpochSecond());
		assertThat(this.field.value()).isEqualTo(value);
	}

	@Test
	void agreesWithTheFormatterOfTheJdk() {
		DateTimeFormatter formatter = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);
		RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
		for (int i = 0; i < 1000; i++) {
			this.now.set(random.nextLong(Instant.parse("9999-12-31T23:59:59Z").getEpochSecond()));
			ZonedDateTime time = Instant.ofEpochSecond(this.now.get()).atZone(ZoneOffset.UTC);
			assertThat(this.field.value()).isEqualTo(formatter.format(time)).hasSize(29);
		}
	}

	@Test
	void isWrittenOnceForEachSecond() {
		this.now.set(784111777);
		String value = this.field.value();
		assertThat(this.field.value()).isSameAs(value);
		this.now.incrementAndGet();
		assertThat(this.field.value()).isEqualTo("Sun, 06 Nov 1994 08:49:38 GMT");
		this.now.decrementAndGet(); // a clock that is put back
		assertThat(this.field.value()).isEqualTo(value);
	}

}
