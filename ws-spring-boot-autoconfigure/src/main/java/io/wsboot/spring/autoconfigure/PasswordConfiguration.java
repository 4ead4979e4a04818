package io.wsboot.spring.autoconfigure;

import io.wsboot.spring.security.BasicCredentials;
import io.wsboot.spring.security.ClientCertificates;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.authentication.password.CompromisedPasswordChecker;
import org.springframework.security.core.userdetails.UserDetailsPasswordService;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Users whom the application knows by name: HTTP Basic, for its
 * {@link AuthenticationManager} or else its {@link UserDetailsService}; and certificates,
 * if that is wanted.
 */
@Configuration(proxyBeanMethods = false)
class PasswordConfiguration {

	private static final int BASIC = 1;

	/** Last, as a connection has it whatever else the client shows. */
	private static final int CERTIFICATES = 2;

	@Bean
	@Order(CERTIFICATES)
	@ConditionalOnBooleanProperty("ws.server.security.client-certificate")
	ClientCertificates wsClientCertificates(ObjectProvider<UserDetailsService> users) {
		return new ClientCertificates(users.getIfAvailable());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "ws.server.security.basic", matchIfMissing = true)
	static class BasicConfiguration {

		@Bean
		@Order(BASIC)
		@ConditionalOnBean(AuthenticationManager.class)
		BasicCredentials wsManagedBasicCredentials(AuthenticationManager manager) {
			return new BasicCredentials(manager);
		}

		@Bean
		@Order(BASIC)
		@ConditionalOnBean(UserDetailsService.class)
		@ConditionalOnMissingBean(BasicCredentials.class)
		BasicCredentials wsBasicCredentials(UserDetailsService users, ObjectProvider<PasswordEncoder> encoder,
				ObjectProvider<UserDetailsPasswordService> passwords,
				ObjectProvider<CompromisedPasswordChecker> compromised,
				ObjectProvider<AuthenticationEventPublisher> events) {
			DaoAuthenticationProvider provider = new DaoAuthenticationProvider(users);
			encoder.ifAvailable(provider::setPasswordEncoder);
			passwords.ifAvailable(provider::setUserDetailsPasswordService);
			compromised.ifAvailable(provider::setCompromisedPasswordChecker);
			ProviderManager manager = new ProviderManager(provider);
			events.ifAvailable(manager::setAuthenticationEventPublisher);
			return new BasicCredentials(manager);
		}

	}

}
