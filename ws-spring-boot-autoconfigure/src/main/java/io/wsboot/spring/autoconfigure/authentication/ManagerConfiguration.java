package io.wsboot.spring.autoconfigure.authentication;

import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.authentication.password.CompromisedPasswordChecker;
import org.springframework.security.core.userdetails.UserDetailsPasswordService;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Sources for user names and passwords, and for credentials of several kinds. The order
 * is that of Spring Security: an {@link AuthenticationManager}, then an
 * {@link AuthenticationProvider}, then a {@link UserDetailsService}. Of several providers
 * for the same credentials none is chosen.
 */
@Configuration(proxyBeanMethods = false)
class ManagerConfiguration {

	private static final int MANAGER = 10;

	private static final int PROVIDER = 11;

	private static final int USERS = 12;

	@Bean
	@Order(MANAGER)
	AuthenticationManagerSource wsAuthenticationManager() {
		return (security, credentials) -> security.unique(AuthenticationManager.class);
	}

	@Bean
	@Order(PROVIDER)
	AuthenticationManagerSource wsAuthenticationProvider() {
		return (security, credentials) -> {
			List<AuthenticationProvider> providers = security.providers(credentials);
			return (providers.size() == 1) ? security.managing(providers.get(0)) : null;
		};
	}

	@Bean
	@Order(USERS)
	AuthenticationManagerSource wsUserDetails() {
		return (security, credentials) -> {
			UserDetailsService users = (credentials == UsernamePasswordAuthenticationToken.class)
					? security.unique(UserDetailsService.class) : null;
			return (users != null) ? security.managing(provider(users, security)) : null;
		};
	}

	private static DaoAuthenticationProvider provider(UserDetailsService users, SecurityBeans security) {
		DaoAuthenticationProvider provider = new DaoAuthenticationProvider(users);
		security.ifUnique(PasswordEncoder.class, provider::setPasswordEncoder);
		security.ifUnique(UserDetailsPasswordService.class, provider::setUserDetailsPasswordService);
		security.ifUnique(CompromisedPasswordChecker.class, provider::setCompromisedPasswordChecker);
		return provider;
	}

}
