package io.wsboot.handshake;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * The value of a {@code Date} field as an IMF-fixdate (RFC 9110 §5.6.7 and §6.6.1), such
 * as {@code Sun, 06 Nov 1994 08:49:37 GMT}. The text is made once per second, as many
 * responses may leave within one. A supplier tells the time. Not thread-safe.
 */
public final class DateField {

	private static final String DAYS = "MonTueWedThuFriSatSun";

	private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

	private final LongSupplier epochSecond;

	private long second = Long.MIN_VALUE;

	private String value = "";

	/**
	 * Creates a field.
	 * @param epochSecond gives the seconds since 1970-01-01T00:00:00Z
	 */
	public DateField(LongSupplier epochSecond) {
		this.epochSecond = epochSecond;
	}

	/**
	 * Returns the value for the current second.
	 * @return 29 ASCII characters
	 */
	public String value() {
		long now = this.epochSecond.getAsLong();
		if (now != this.second) {
			this.value = format(now);
			this.second = now;
		}
		return this.value;
	}

	/** Uses no formatter: the names are English whatever locale data the JDK brings. */
	private static String format(long epochSecond) {
		OffsetDateTime time = Instant.ofEpochSecond(epochSecond).atOffset(ZoneOffset.UTC);
		StringBuilder text = new StringBuilder(29).append(name(DAYS, time.getDayOfWeek().getValue())).append(", ");
		twoDigits(text, time.getDayOfMonth()).append(' ').append(name(MONTHS, time.getMonthValue())).append(' ');
		twoDigits(twoDigits(text, time.getYear() / 100), time.getYear() % 100).append(' ');
		twoDigits(text, time.getHour()).append(':');
		twoDigits(text, time.getMinute()).append(':');
		return twoDigits(text, time.getSecond()).append(" GMT").toString();
	}

	private static String name(String names, int number) {
		return names.substring(3 * (number - 1), 3 * number);
	}

	private static StringBuilder twoDigits(StringBuilder text, int number) {
		return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
	}

}
