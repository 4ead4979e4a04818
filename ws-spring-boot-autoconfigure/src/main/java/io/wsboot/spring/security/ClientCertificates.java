package io.wsboot.spring.security;

import java.security.Principal;
import java.util.List;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

import io.wsboot.HandshakeRequest;
import io.wsboot.server.HandshakeChain;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AccountStatusUserDetailsChecker;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsChecker;
import org.springframework.security.core.userdetails.UserDetailsService;

/**
 * The client's TLS certificate, which the server's SSL bundle has verified. Its common
 * name is the user's.
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
				: UsernamePasswordAuthenticationToken.unauthenticated(commonName(subject), subject);
	}

	private static String commonName(Principal subject) {
		try {
			return new LdapName(subject.getName()).getRdns()
				.stream()
				.filter((part) -> part.getType().equalsIgnoreCase("CN"))
				.map(Rdn::getValue)
				.map(String::valueOf)
				.findFirst()
				.orElseThrow(() -> new BadCredentialsException("a certificate without a common name"));
		}
		catch (InvalidNameException ex) {
			throw new BadCredentialsException("a certificate whose subject is no distinguished name", ex);
		}
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
