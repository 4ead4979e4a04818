package io.wsboot.docs;

import io.wsboot.spring.security.EndpointAuthorization;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;

@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
class ChatSecurity {

	@Bean
	EndpointAuthorization endpointAuthorization() {
		return EndpointAuthorization.builder()
			.endpoints("/status")
			.permitAll()
			.endpoints("/admin/**")
			.hasAnyRole("ADMIN")
			.build(); // all others: whoever is authenticated
	}

}
