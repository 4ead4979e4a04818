package io.wsboot.spring.endpoint.validation;

import java.io.Serial;

import org.springframework.validation.BindException;
import org.springframework.validation.BindingResult;

/**
 * A client sent a payload or an argument that breaks a constraint. An application catches
 * this exception as a {@link BindException}; a {@code BindException} of another class
 * comes from the application itself and is not the client's fault. The exception has no
 * stack trace, as a client may cause many.
 */
public final class InvalidPayloadException extends BindException {

	@Serial
	private static final long serialVersionUID = 1L;

	InvalidPayloadException(BindingResult result) {
		super(result);
	}

	InvalidPayloadException(BindingResult result, Throwable cause) {
		super(result);
		initCause(cause);
	}

	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

}
