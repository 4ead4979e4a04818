package io.wsboot.spring.autoconfigure;

import java.time.Instant;
import java.util.Map;

import io.wsboot.spring.autoconfigure.RunningApp.App;
import io.wsboot.spring.autoconfigure.SecuredApplication.Secret;
import io.wsboot.spring.test.HandshakeRefusedException;
import io.wsboot.spring.test.LocalWsPort;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;

/**
 * A test of an application that puts a mock where the application has its decoder, or
 * none: conditions on beans do not see that.
 */
@SpringBootTest(classes = { App.class, Secret.class }, webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = { "ws.server.port=0", "ws.server.security.enabled=true" })
class MockedDecoderTests {

	@MockitoBean
	private JwtDecoder decoder;

	@LocalWsPort
	private int port;

	@Test
	void isAsked() {
		Instant now = Instant.now();
		given(this.decoder.decode("good"))
			.willReturn(new Jwt("good", now, now.plusSeconds(60), Map.of("alg", "none"), Map.of("sub", "ann")));
		given(this.decoder.decode("bad")).willThrow(new BadJwtException("no"));
		try (WsTestClient client = connect("good")) {
			assertThat(client.nextText()).isEqualTo("secret for ann");
		}
		assertThatExceptionOfType(HandshakeRefusedException.class).isThrownBy(() -> connect("bad"))
			.satisfies((ex) -> assertThat(ex.status()).isEqualTo(401));
	}

	private WsTestClient connect(String token) {
		return WsTestClient.builder().header("Authorization", "Bearer " + token).connect(this.port, "/secret");
	}

}
