package io.wsboot.server;

import java.time.Duration;

/**
 * An option of the server makes no sense, alone or beside another one.
 */
public final class InvalidOptionException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	/** A hundred years: sums of a few of these still are a number of nanoseconds. */
	private static final Duration LONGEST = Duration.ofDays(36_500);

	private final String option;

	InvalidOptionException(String option, Object value, String requirement) {
		super(option + " is " + value + " but " + requirement);
		this.option = option;
	}

	/**
	 * The option's name as a property has it, such as {@code outbound.max-queued}.
	 * @return the name
	 */
	public String option() {
		return this.option;
	}

	static void require(boolean condition, String option, Object value, String requirement) {
		if (!condition) {
			throw new InvalidOptionException(option, value, requirement);
		}
	}

	/** A time that may be zero, which stands for something. */
	static void requireTime(String option, Duration value, String zero) {
		require(!value.isNegative(), option, value, "must not be negative (0 = " + zero + ")");
		require(value.compareTo(LONGEST) <= 0, option, value, "must be at most 36500 days");
	}

	/** A time that must pass. */
	static void requireTime(String option, Duration value) {
		require(value.compareTo(Duration.ofMillis(1)) >= 0, option, value, "must be at least one millisecond");
		require(value.compareTo(LONGEST) <= 0, option, value, "must be at most 36500 days");
	}

}
