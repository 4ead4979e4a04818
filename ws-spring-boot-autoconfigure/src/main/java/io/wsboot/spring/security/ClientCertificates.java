package io.wsboot.spring.security;

import java.security.Principal;
import java.util.List;

import io.wsboot.HandshakeRequest;
import io.wsboot.server.spi.HandshakeChain;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AccountStatusUserDetailsChecker;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsChecker;
import org.springframework.security.core.userdetails.UserDetailsService;

/**
 * Authenticates clients by their TLS certificate, which the server's SSL bundle has
 * verified. The most specific common name of the certificate's subject is the user's
 * name.
 */
public final class ClientCertificates implements HandshakeAuthentication {

	private static final UserDetailsChecker STATUS = new AccountStatusUserDetailsChecker();

	private final @Nullable UserDetailsService users;

	/**
	 * Creates the authentication.
	 * @param users knows the users and their authorities; null to accept every
	 * certificate, without authorities
	 */
	public ClientCertificates(@Nullable UserDetailsService users) {
		this.users = users;
	}

	@Override
	public @Nullable Authentication credentials(HandshakeRequest request, HandshakeChain handshake) {
		Principal subject = handshake.certificateSubject().orElse(null);
		return (subject == null) ? null
				: UsernamePasswordAuthenticationToken.unauthenticated(SubjectCommonName.of(subject.getName()), subject);
	}

	@Override
	public Authentication authenticate(Authentication credentials) {
		if (this.users == null) {
			return UsernamePasswordAuthenticationToken.authenticated(credentials.getName(), null, List.of());
		}
		UserDetails user = this.users.loadUserByUsername(credentials.getName());
		STATUS.check(user);
		return UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities());
	}

}
