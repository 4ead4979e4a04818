package io.wsboot.spring.security;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;

/**
 * What authenticates in a reactive application, for those who may block: the thread that
 * asks waits for the answer.
 */
public final class AwaitedAuthentication implements AuthenticationManager {

	private final ReactiveAuthenticationManager manager;

	private final Duration timeout;

	/**
	 * Creates it.
	 * @param manager verifies credentials
	 * @param timeout how long to wait for its answer; then authentication fails, which is
	 * not the client's fault
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
