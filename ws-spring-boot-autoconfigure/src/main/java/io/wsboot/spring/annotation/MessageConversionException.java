package io.wsboot.spring.annotation;

import org.jspecify.annotations.Nullable;

/**
 * A message of a client cannot be read as the type that an {@link OnMessage} method
 * takes. An {@link OnError} method may take it; else the session is closed with 1007 (RFC
 * 6455 §7.4.1). It is the client's fault, so it has no stack trace and is logged at debug
 * level only; what the client sent is not in its message.
 */
public final class MessageConversionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what was expected
	 * @param cause why it could not be read, null if there is nothing more to say
	 */
	public MessageConversionException(String message, @Nullable Throwable cause) {
		super(message, cause, false, false);
	}

}
