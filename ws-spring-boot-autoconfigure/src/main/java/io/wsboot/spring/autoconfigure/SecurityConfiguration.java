package io.wsboot.spring.autoconfigure;

import io.wsboot.spring.autoconfigure.authentication.AuthenticationConfiguration;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.Authentication;

/**
 * Spring Security, if it is on the class path: what of the application's verifies
 * credentials, the ways for clients to show them, and what makes use of those. Without
 * any way endpoints are closed, as an application that uses Spring Security expects.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(Authentication.class)
@ConditionalOnBooleanProperty(name = "ws.server.security.enabled", matchIfMissing = true)
@Import({ AuthenticationConfiguration.class, CredentialsConfiguration.class, HandshakeSecurityConfiguration.class })
class SecurityConfiguration {

}
