package io.wsboot.spring.autoconfigure;

import io.wsboot.spring.actuate.ServerPlace;
import io.wsboot.spring.actuate.WsInfoContributor;
import io.wsboot.spring.context.CurrentServer;

import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Adds the server to {@code /actuator/info}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ InfoContributor.class, ConditionalOnEnabledInfoContributor.class })
@ConditionalOnEnabledInfoContributor("ws")
class InfoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "wsInfoContributor", search = SearchStrategy.CURRENT)
	WsInfoContributor wsInfoContributor(CurrentServer current) {
		return new WsInfoContributor(current::server, () -> new ServerPlace(current.port(), current.isSecure()));
	}

}
