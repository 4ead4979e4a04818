package io.wsboot.spring.security;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AwaitedAuthenticationTests {

	private static final Authentication ANN = new TestingAuthenticationToken("ann", "pw");

	private static Authentication asked(ReactiveAuthenticationManager manager) {
		return new AwaitedAuthentication(manager, Duration.ofSeconds(30)).authenticate(ANN);
	}

	@Test
	void theAnswerIsWaitedFor() {
		assertThat(asked((credentials) -> Mono.delay(Duration.ofMillis(1)).map((tick) -> credentials))).isSameAs(ANN);
	}

	@Test
	void anErrorIsTheManagers() {
		assertThatExceptionOfType(LockedException.class)
			.isThrownBy(() -> asked((credentials) -> Mono.error(new LockedException("locked"))));
	}

	@Test
	void noAnswerIsNobody() {
		assertThatExceptionOfType(BadCredentialsException.class).isThrownBy(() -> asked((credentials) -> Mono.empty()));
	}

	@Test
	void anAnswerThatDoesNotComeIsNoFaultOfTheClients() {
		AwaitedAuthentication impatient = new AwaitedAuthentication((credentials) -> Mono.never(),
				Duration.ofMillis(50));
		assertThatExceptionOfType(AuthenticationServiceException.class).isThrownBy(() -> impatient.authenticate(ANN));
	}

}
