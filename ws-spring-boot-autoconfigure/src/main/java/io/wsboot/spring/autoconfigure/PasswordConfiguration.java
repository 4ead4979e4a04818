package io.wsboot.spring.autoconfigure;

import io.wsboot.spring.security.BasicCredentials;
import io.wsboot.spring.security.ClientCertificates;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.userdetails.UserDetailsService;

/**
 * Users whom the application knows by name: HTTP Basic, if the application has something
 * that verifies passwords; and certificates, if that is wanted.
 */
@Configuration(proxyBeanMethods = false)
class PasswordConfiguration {

	private static final int BASIC = 1;

	/** Last, as a connection has it whatever else the client shows. */
	private static final int CERTIFICATES = 2;

	@Bean
	@Order(CERTIFICATES)
	@ConditionalOnBooleanProperty("ws.server.security.client-certificate")
	ClientCertificates wsClientCertificates(ListableBeanFactory beans) {
		return new ClientCertificates(new SecurityBeans(beans).unique(UserDetailsService.class));
	}

	@Bean
	@Order(BASIC)
	@ConditionalOnBooleanProperty(name = "ws.server.security.basic", matchIfMissing = true)
	@ConditionalOnMissingBean
	@Nullable BasicCredentials wsBasicCredentials(ObjectProvider<AuthenticationManagerSource> sources) {
		AuthenticationManager manager = AuthenticationManagerSource.first(sources,
				UsernamePasswordAuthenticationToken.class);
		return (manager == null) ? null : new BasicCredentials(manager);
	}

}
