package io.wsboot.spring.security;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import io.wsboot.HandshakeRequest;
import io.wsboot.server.spi.HandshakeChain;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/**
 * Authenticates clients by user name and password in the {@code Authorization} field (RFC
 * 7617).
 */
public final class BasicCredentials implements HandshakeAuthentication {

	private final AuthenticationManager manager;

	/**
	 * Creates the authentication.
	 * @param manager verifies passwords
	 */
	public BasicCredentials(AuthenticationManager manager) {
		this.manager = manager;
	}

	@Override
	public @Nullable Authentication credentials(HandshakeRequest request, HandshakeChain handshake) {
		List<String> found = AuthorizationField.credentials(request, "Basic");
		if (found.size() > 1) {
			throw new AmbiguousCredentialsException("more than one password");
		}
		return found.isEmpty() ? null : decoded(found.get(0));
	}

	private static Authentication decoded(String encoded) {
		String pair;
		try {
			pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw new BadCredentialsException("credentials that are not Base64 (RFC 7617 §2)", ex);
		}
		int colon = pair.indexOf(':');
		if (colon < 0) {
			throw new BadCredentialsException("credentials without a colon (RFC 7617 §2)");
		}
		return UsernamePasswordAuthenticationToken.unauthenticated(pair.substring(0, colon), pair.substring(colon + 1));
	}

	@Override
	public Authentication authenticate(Authentication credentials) {
		return this.manager.authenticate(credentials);
	}

	@Override
	public String challenge(boolean wrong) {
		return "Basic realm=\"WebSocket\", charset=\"UTF-8\"";
	}

}
