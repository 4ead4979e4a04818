package io.wsboot.spring.endpoint.validation;

import java.io.Serial;

import org.springframework.validation.BindException;
import org.springframework.validation.BindingResult;

/**
 * What a client sent breaks a constraint. Application code knows it as a
 * {@link BindException}; one that it throws itself is not the client's fault, and so is
 * told apart by this type. Has no stack trace: a client may cause many.
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
