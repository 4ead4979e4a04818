package io.wsboot.spring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.Authentication;

/**
 * Spring Security, if it is on the class path. The order of the imports matters: ways for
 * clients to show who they are, and then, if there is one, what makes use of them.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(Authentication.class)
@ConditionalOnBooleanProperty(name = "ws.server.security.enabled", matchIfMissing = true)
@Import({ BearerTokenConfiguration.class, PasswordConfiguration.class, HandshakeSecurityConfiguration.class })
class SecurityConfiguration {

}
