package io.wsboot.spring.autoconfigure.authentication;

import io.wsboot.spring.security.AwaitedAuthentication;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.UserDetailsRepositoryReactiveAuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.password.ReactiveCompromisedPasswordChecker;
import org.springframework.security.core.userdetails.ReactiveUserDetailsPasswordService;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Sources for reactive applications, after those for servlet applications. The worker
 * that decides about a handshake waits for a reactive manager.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ Mono.class, ReactiveAuthenticationManager.class })
class ReactiveManagerConfiguration {

	private static final int MANAGER = 30;

	private static final int USERS = 31;

	static AuthenticationManager awaited(ReactiveAuthenticationManager manager, SecurityBeans security) {
		return new AwaitedAuthentication(manager, security.timeout());
	}

	@Bean
	@Order(MANAGER)
	AuthenticationManagerSource wsReactiveManager() {
		return (security, credentials) -> {
			ReactiveAuthenticationManager manager = security.unique(ReactiveAuthenticationManager.class);
			return (manager != null) ? awaited(manager, security) : null;
		};
	}

	@Bean
	@Order(USERS)
	AuthenticationManagerSource wsReactiveUserDetails() {
		return (security, credentials) -> {
			ReactiveUserDetailsService users = (credentials == UsernamePasswordAuthenticationToken.class)
					? security.unique(ReactiveUserDetailsService.class) : null;
			return (users != null) ? awaited(manager(users, security), security) : null;
		};
	}

	private static ReactiveAuthenticationManager manager(ReactiveUserDetailsService users, SecurityBeans security) {
		UserDetailsRepositoryReactiveAuthenticationManager manager = new UserDetailsRepositoryReactiveAuthenticationManager(
				users);
		security.ifUnique(PasswordEncoder.class, manager::setPasswordEncoder);
		security.ifUnique(ReactiveUserDetailsPasswordService.class, manager::setUserDetailsPasswordService);
		security.ifUnique(ReactiveCompromisedPasswordChecker.class, manager::setCompromisedPasswordChecker);
		return manager;
	}

}
