package io.wsboot.spring.autoconfigure;

import java.time.Duration;

import io.wsboot.spring.security.AwaitedAuthentication;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ListableBeanFactory;
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
 * What verifies credentials in reactive applications: the worker that judges a handshake
 * waits for it. It comes after what answers at once.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ Mono.class, ReactiveAuthenticationManager.class })
class ReactiveManagerConfiguration {

	private static final int MANAGER = 30;

	private static final int USERS = 31;

	static AuthenticationManager awaited(ReactiveAuthenticationManager manager, WsServerProperties properties) {
		return new AwaitedAuthentication(manager, properties.handshake().timeout());
	}

	@Bean
	@Order(MANAGER)
	AuthenticationManagerSource wsReactiveManager(ListableBeanFactory beans, WsServerProperties properties) {
		SecurityBeans security = new SecurityBeans(beans);
		return (credentials) -> {
			ReactiveAuthenticationManager manager = security.unique(ReactiveAuthenticationManager.class);
			return (manager != null) ? awaited(manager, properties) : null;
		};
	}

	@Bean
	@Order(USERS)
	AuthenticationManagerSource wsReactiveUserDetails(ListableBeanFactory beans, WsServerProperties properties) {
		SecurityBeans security = new SecurityBeans(beans);
		return (credentials) -> {
			ReactiveUserDetailsService users = (credentials == UsernamePasswordAuthenticationToken.class)
					? security.unique(ReactiveUserDetailsService.class) : null;
			return (users != null) ? awaited(manager(users, security), properties) : null;
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
