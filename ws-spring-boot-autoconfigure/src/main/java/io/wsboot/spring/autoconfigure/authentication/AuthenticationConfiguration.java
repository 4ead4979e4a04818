package io.wsboot.spring.autoconfigure.authentication;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Imports the configurations that define every {@link AuthenticationManagerSource}.
 */
@Configuration(proxyBeanMethods = false)
@Import({ ManagerConfiguration.class, ReactiveManagerConfiguration.class, ReactiveTokenConfiguration.class,
		TokenConfiguration.class })
public class AuthenticationConfiguration {

}
