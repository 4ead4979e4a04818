package io.wsboot.docs.endpoints;

import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.spring.context.WsHandlerRegistration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** Beans that the page shows. */
@Configuration(proxyBeanMethods = false)
class HandlerConfiguration {

	@Bean(defaultCandidate = false)
	ThreadPoolTaskExecutor wsServerExecutor() {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setThreadNamePrefix("ws-own-");
		executor.setCorePoolSize(16);
		return executor;
	}

	@Bean
	WsHandlerRegistration ticker() {
		return new WsHandlerRegistration("/ticker", new WsHandler() {

			@Override
			public void onOpen(WsSession session) {
				session.send("tick");
			}

		});
	}

}
