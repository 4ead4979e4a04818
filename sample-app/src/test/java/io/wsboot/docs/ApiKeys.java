package io.wsboot.docs;

import java.util.List;
import java.util.Map;

import io.wsboot.HandshakeRequest;
import io.wsboot.server.spi.HandshakeChain;
import io.wsboot.spring.security.HandshakeAuthentication;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

@Component
class ApiKeys implements HandshakeAuthentication {

	private final Map<String, String> users = Map.of("k-123", "weather-station");

	@Override
	public @Nullable Authentication credentials(HandshakeRequest request, HandshakeChain handshake) {
		return request.headers()
			.first("X-Api-Key")
			.map((key) -> UsernamePasswordAuthenticationToken.unauthenticated(key, key))
			.orElse(null);
	}

	@Override
	public Authentication authenticate(Authentication credentials) {
		String user = this.users.get(credentials.getName());
		if (user == null) {
			throw new BadCredentialsException("unknown key");
		}
		return UsernamePasswordAuthenticationToken.authenticated(user, null, List.of());
	}

}
