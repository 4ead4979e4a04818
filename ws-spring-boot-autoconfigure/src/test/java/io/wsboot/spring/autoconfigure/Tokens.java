package io.wsboot.spring.autoconfigure;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/**
 * Issues JWTs with a key that is made anew for each run.
 */
final class Tokens {

	private static final KeyPair KEYS = keys();

	private static final JwtEncoder ENCODER = encoder(KEYS);

	private Tokens() {
	}

	/** Verifies signature, times, issuer and audience. */
	static JwtDecoder decoder() {
		NimbusJwtDecoder decoder = NimbusJwtDecoder.withPublicKey((RSAPublicKey) KEYS.getPublic()).build();
		decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
				JwtValidators.createDefaultWithIssuer("https://issuer.test"), new JwtClaimValidator<List<String>>("aud",
						(audience) -> audience != null && audience.contains("chat"))));
		return decoder;
	}

	/** Ann's, for five minutes, who may chat. */
	static String valid() {
		return with((claims) -> {
		});
	}

	static String with(Consumer<JwtClaimsSet.Builder> change) {
		return encoded(ENCODER, change);
	}

	static String expiringIn(Duration time) {
		return with((claims) -> claims.issuedAt(Instant.now().minusSeconds(3600)).expiresAt(Instant.now().plus(time)));
	}

	/** With somebody else's key. */
	static String forged() {
		return encoded(encoder(keys()), (claims) -> {
		});
	}

	private static String encoded(JwtEncoder encoder, Consumer<JwtClaimsSet.Builder> change) {
		JwtClaimsSet.Builder claims = JwtClaimsSet.builder()
			.subject("ann")
			.issuer("https://issuer.test")
			.audience(List.of("chat"))
			.issuedAt(Instant.now())
			.expiresAt(Instant.now().plusSeconds(300))
			.claim("scope", "chat");
		change.accept(claims);
		return encoder.encode(JwtEncoderParameters.from(claims.build())).getTokenValue();
	}

	private static JwtEncoder encoder(KeyPair keys) {
		return NimbusJwtEncoder.withKeyPair((RSAPublicKey) keys.getPublic(), (RSAPrivateKey) keys.getPrivate()).build();
	}

	private static KeyPair keys() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(2048);
			return generator.generateKeyPair();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
