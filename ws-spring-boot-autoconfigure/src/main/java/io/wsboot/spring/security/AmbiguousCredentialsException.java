package io.wsboot.spring.security;

import org.springframework.security.core.AuthenticationException;

/**
 * A client shows more than one thing that says who it is: 400.
 */
final class AmbiguousCredentialsException extends AuthenticationException {

	private static final long serialVersionUID = 1L;

	AmbiguousCredentialsException(String message) {
		super(message);
	}

}
