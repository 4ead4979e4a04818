package io.wsboot.spring.annotation;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a client's message cannot be read as the type that an {@link OnMessage}
 * method takes. An {@link OnError} method may take this exception; otherwise the server
 * closes the session with 1007 (RFC 6455 §7.4.1). The fault is the client's: the
 * exception has no stack trace, the server logs it at debug level only, and the
 * exception's message does not contain what the client sent.
 */
public final class MessageConversionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what was expected
	 * @param cause why the message could not be read, null if there is nothing more to
	 * say
	 */
	public MessageConversionException(String message, @Nullable Throwable cause) {
		super(message, cause, false, false);
	}

}
