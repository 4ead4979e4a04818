package io.wsboot.spring.autoconfigure.web;

import io.wsboot.spring.tomcat.TomcatHandOver;
import io.wsboot.spring.tomcat.TomcatHints;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;

/** Makes Tomcat hand connections over, if Tomcat is the web server. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ TomcatWebServer.class, InternalHttpUpgradeHandler.class })
@ImportRuntimeHints(TomcatHints.class)
class TomcatConfiguration {

	@Bean
	@Lazy
	TomcatHandOver wsTomcatHandOver(SharingOptions options) {
		return new TomcatHandOver(options.takeOver());
	}

}
