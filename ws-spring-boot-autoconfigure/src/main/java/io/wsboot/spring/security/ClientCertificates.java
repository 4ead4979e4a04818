package io.wsboot.spring.security;

import java.security.Principal;
import java.util.List;

import io.wsboot.HandshakeRequest;
import io.wsboot.server.HandshakeChain;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AccountStatusUserDetailsChecker;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsChecker;
import org.springframework.security.core.userdetails.UserDetailsService;

/**
 * The client's TLS certificate, which the server's SSL bundle has verified. Its most
 * specific common name is the user's.
 */
public final class ClientCertificates implements HandshakeAuthentication {

	private static final UserDetailsChecker STATUS = new AccountStatusUserDetailsChecker();

	private final @Nullable UserDetailsService users;

	/**
	 * Creates it.
	 * @param users knows the users and their authorities; null to take every certificate,
	 * with no authorities
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
