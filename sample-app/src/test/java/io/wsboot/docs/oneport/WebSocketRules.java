package io.wsboot.docs.oneport;

import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** What Spring Boot's starter for Spring Security adds by itself is added here. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class WebSocketRules {

	@Bean
	SecurityFilterChain endpointRules(HttpSecurity http) throws Exception {
		return http
			.authorizeHttpRequests((requests) -> requests.requestMatchers("/status")
				.permitAll()
				.requestMatchers("/news")
				.hasRole("READER")
				.anyRequest()
				.authenticated())
			.httpBasic(Customizer.withDefaults())
			.build();
	}

	@Bean
	UserDetailsService users() {
		return new InMemoryUserDetailsManager(User.withUsername("ann").password("{noop}a").roles("READER").build(),
				User.withUsername("bob").password("{noop}b").roles("GUEST").build());
	}

	@Bean
	static DelegatingFilterProxyRegistrationBean springSecurityFilterChainRegistration() {
		return new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
	}

}
