package io.wsboot.spring.security;

import org.springframework.security.core.AuthenticationException;

/**
 * Thrown when a client presents more than one set of credentials; the handshake is
 * refused with 400.
 */
final class AmbiguousCredentialsException extends AuthenticationException {

	private static final long serialVersionUID = 1L;

	AmbiguousCredentialsException(String message) {
		super(message);
	}

}
