package io.wsboot;

/**
 * Says that a limit on topics has been reached: {@link WsTopic#subscribe} and
 * {@link WsTopic#publish} have had no effect. The exception has no stack trace.
 */
public final class TopicLimitException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param message which limit has been reached
	 */
	public TopicLimitException(String message) {
		super(message, null, false, false);
	}

}
