package io.wsboot;

import java.security.Principal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.HandshakeDecision.Expiry;
import io.wsboot.HandshakeDecision.Refuse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HandshakeDecisionTest {

	@Test
	void acceptIsPlain() {
		assertThat(HandshakeDecision.accept()).isEqualTo(new Accept(null, Headers.empty(), Map.of(), null, null));
	}

	@Test
	void acceptCanSayMoreStepByStep() {
		Principal user = () -> "ada";
		Accept accept = HandshakeDecision.accept()
			.withAttribute("a", 1)
			.withHeader("X", "1")
			.withPrincipal(user)
			.withSubprotocol("chat")
			.withAttribute("b", 2)
			.withExpiry(Duration.ofMinutes(5), CloseStatus.POLICY_VIOLATION)
			.withHeader("X", "2");
		assertThat(accept).isEqualTo(new Accept("chat", Headers.empty().with("X", "1").with("X", "2"),
				Map.of("a", 1, "b", 2), user, new Expiry(Duration.ofMinutes(5), CloseStatus.POLICY_VIOLATION)));
		assertThat(HandshakeDecision.accept().attributes()).isEmpty();
	}

	@Test
	void acceptKeepsItsAttributes() {
		Map<String, Object> attributes = new HashMap<>(Map.of("a", 1));
		Accept accept = new Accept(null, Headers.empty(), attributes, null, null);
		attributes.clear();
		assertThat(accept.attributes()).containsExactly(Map.entry("a", 1));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> accept.attributes().put("b", 2));
	}

	@ParameterizedTest
	@CsvSource({ "PT-1S, PT0S", "PT0S, PT0S", "PT3S, PT3S", "P99999999D, P36500D" })
	void expiryIsATimeThatCanBeCounted(Duration after, Duration counted) {
		assertThat(new Expiry(after, CloseStatus.NORMAL).after()).isEqualTo(counted);
	}

	@Test
	void expiryHasAStatusThatCanBeSent() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Expiry(Duration.ZERO, CloseStatus.ABNORMAL))
			.withMessageContaining("1006");
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 426, 500, 503, 599 })
	void refuse(int status) {
		assertThat(HandshakeDecision.refuse(status).withHeader("Retry-After", "5"))
			.isEqualTo(new Refuse(status, Headers.empty().with("Retry-After", "5"), null));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 100, 101, 200, 302, 399, 600, -400 })
	void refuseIsForErrorsOnly(int status) {
		assertThatIllegalArgumentException().isThrownBy(() -> HandshakeDecision.refuse(status))
			.withMessageContaining(Integer.toString(status));
	}

}
