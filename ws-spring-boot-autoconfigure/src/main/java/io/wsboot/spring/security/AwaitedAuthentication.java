package io.wsboot.spring.security;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;

/**
 * Adapts the authentication manager of a reactive application: the calling thread, which
 * may block, waits for the answer.
 */
public final class AwaitedAuthentication implements AuthenticationManager {

	private final ReactiveAuthenticationManager manager;

	private final Duration timeout;

	/**
	 * Creates the adapter.
	 * @param manager verifies credentials
	 * @param timeout how long to wait for the manager's answer; then authentication fails
	 * with an {@link AuthenticationServiceException}, as the fault is not the client's
	 */
	public AwaitedAuthentication(ReactiveAuthenticationManager manager, Duration timeout) {
		this.manager = manager;
		this.timeout = timeout;
	}

	@Override
	public Authentication authenticate(Authentication credentials) {
		Authentication client = this.manager.authenticate(credentials)
			.timeout(this.timeout)
			.onErrorMap(TimeoutException.class,
					(ex) -> new AuthenticationServiceException("no answer within " + this.timeout, ex))
			.block();
		if (client == null) {
			throw new BadCredentialsException("the manager knows nobody of these credentials");
		}
		return client;
	}

}
