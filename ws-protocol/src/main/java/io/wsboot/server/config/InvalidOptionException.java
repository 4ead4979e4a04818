package io.wsboot.server.config;

import java.time.Duration;

/**
 * Thrown for an option of the server that is out of its range, or does not fit another
 * option.
 */
public final class InvalidOptionException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	/** A hundred years: the sum of a few of these still fits a long of nanoseconds. */
	private static final Duration LONGEST = Duration.ofDays(36_500);

	/** The option's name. */
	private final String option;

	/**
	 * Creates an exception whose message is "option is value but requirement".
	 * @param option the option's name as a property
	 * @param value the value that the option has
	 * @param requirement what the value has to be
	 */
	public InvalidOptionException(String option, Object value, String requirement) {
		super(option + " is " + value + " but " + requirement);
		this.option = option;
	}

	/**
	 * The name of the option as a property, such as {@code outbound.max-queued}.
	 * @return the name
	 */
	public String option() {
		return this.option;
	}

	/** Throws unless a condition holds. */
	static void require(boolean condition, String option, Object value, String requirement) {
		if (!condition) {
			throw new InvalidOptionException(option, value, requirement);
		}
	}

	/** Throws if a duration is negative or too long; zero has a meaning of its own. */
	static void requireTime(String option, Duration value, String zero) {
		require(!value.isNegative(), option, value, "must not be negative (0 = " + zero + ")");
		require(value.compareTo(LONGEST) <= 0, option, value, "must be at most 36500 days");
	}

	/** Throws if a duration is below one millisecond or too long. */
	static void requireTime(String option, Duration value) {
		require(value.compareTo(Duration.ofMillis(1)) >= 0, option, value, "must be at least one millisecond");
		require(value.compareTo(LONGEST) <= 0, option, value, "must be at most 36500 days");
	}

}
