package io.wsboot.spring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/**
 * Registers the properties in the first context of a hierarchy that has them.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "ws.server.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WsServerProperties.class)
class PropertiesConfiguration {

}
