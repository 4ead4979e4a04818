package io.wsboot.server;

/**
 * An option of the server makes no sense, alone or beside another one.
 */
public final class InvalidOptionException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

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

}
