package io.wsboot.spring.websocket;

import io.wsboot.spring.context.WsHandlerRegistration;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.annotation.support.SimpAnnotationMethodMessageHandler;
import org.springframework.messaging.simp.config.AbstractMessageBrokerConfiguration;
import org.springframework.messaging.simp.user.SimpUserRegistry;
import org.springframework.messaging.support.AbstractSubscribableChannel;
import org.springframework.web.socket.messaging.DefaultSimpUserRegistry;
import org.springframework.web.socket.messaging.StompSubProtocolHandler;
import org.springframework.web.socket.messaging.SubProtocolWebSocketHandler;
import org.springframework.web.socket.messaging.WebSocketAnnotationMethodMessageHandler;

/**
 * STOMP at {@code /stomp} on the server's own port, as an application without a web
 * server configures it. Subclasses choose the broker.
 */
abstract class StompWithoutWebServer extends AbstractMessageBrokerConfiguration {

	@Override
	protected SimpUserRegistry createLocalUserRegistry(Integer order) {
		return new DefaultSimpUserRegistry();
	}

	@Override
	protected SimpAnnotationMethodMessageHandler createAnnotationMethodMessageHandler(AbstractSubscribableChannel in,
			AbstractSubscribableChannel out, SimpMessagingTemplate template) {
		return new WebSocketAnnotationMethodMessageHandler(in, out, template);
	}

	@Bean
	SubProtocolWebSocketHandler stompHandler(@Qualifier("clientInboundChannel") AbstractSubscribableChannel in,
			@Qualifier("clientOutboundChannel") AbstractSubscribableChannel out, ApplicationContext context) {
		StompSubProtocolHandler stomp = new StompSubProtocolHandler();
		stomp.setApplicationEventPublisher(context);
		SubProtocolWebSocketHandler handler = new SubProtocolWebSocketHandler(in, out);
		handler.addProtocolHandler(stomp);
		return handler;
	}

	@Bean
	WsHandlerRegistration stompEndpoint(WebSocketHandlers handlers, SubProtocolWebSocketHandler stompHandler) {
		return handlers.at("/stomp", stompHandler);
	}

}
