package io.wsboot.spring.autoconfigure;

import io.wsboot.spring.autoconfigure.authentication.AuthenticationConfiguration;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.Authentication;

/**
 * Secures endpoints if Spring Security is on the class path: the beans that verify
 * credentials, the ways for clients to authenticate, and the checks of handshakes and
 * callbacks. Without any way to authenticate endpoints are closed, as in every
 * application that uses Spring Security.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(Authentication.class)
@ConditionalOnBooleanProperty(name = "ws.server.security.enabled", matchIfMissing = true)
@Import({ AuthenticationConfiguration.class, CredentialsConfiguration.class, HandshakeSecurityConfiguration.class })
class SecurityConfiguration {

}
