package io.wsboot.spring.websocket;

import java.security.Principal;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import jakarta.annotation.PreDestroy;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.event.EventListener;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.messaging.simp.annotation.SubscribeMapping;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Controller;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;
import org.springframework.web.socket.messaging.SessionConnectedEvent;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/** A STOMP application as Spring's reference has it. */
final class StompApplication {

	/** What the application has been told. */
	static final BlockingQueue<String> EVENTS = new LinkedBlockingQueue<>();

	private StompApplication() {
	}

	/** The client says who it is. */
	static class Users extends DefaultHandshakeHandler {

		@Override
		protected Principal determineUser(ServerHttpRequest request, WebSocketHandler handler,
				Map<String, Object> attributes) {
			String name = request.getHeaders().getFirst("X-User");
			return (name != null) ? () -> name : null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocketMessageBroker
	static class Broker implements WebSocketMessageBrokerConfigurer {

		@Override
		public void registerStompEndpoints(StompEndpointRegistry registry) {
			registry.addEndpoint("/stomp").setHandshakeHandler(new Users());
			registry.addEndpoint("/sockjs").withSockJS();
		}

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
			ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
			scheduler.setDaemon(true);
			scheduler.initialize();
			registry.enableSimpleBroker("/topic", "/queue")
				.setTaskScheduler(scheduler)
				.setHeartbeatValue(new long[] { 500, 500 });
			registry.setApplicationDestinationPrefixes("/app");
		}

		@Override
		public void configureWebSocketTransport(WebSocketTransportRegistration transport) {
			transport.setMessageSizeLimit(32 * 1024);
			transport.setSendTimeLimit(1000);
			transport.setSendBufferSizeLimit(256 * 1024);
			transport.setTimeToFirstMessage(1000);
			transport.addDecoratorFactory((handler) -> new WebSocketHandlerDecorator(handler) {

				@Override
				public void afterConnectionEstablished(WebSocketSession session) throws Exception {
					EVENTS.add("decorated " + session.getClass().getSimpleName());
					super.afterConnectionEstablished(session);
				}

			});
		}

		@Override
		public void configureClientInboundChannel(ChannelRegistration registration) {
			registration.interceptors(new ChannelInterceptor() {

				@Override
				public Message<?> preSend(Message<?> message, MessageChannel channel) {
					StompHeaderAccessor headers = StompHeaderAccessor.wrap(message);
					if (headers.getCommand() == StompCommand.CONNECT) {
						EVENTS.add("connect " + headers.getFirstNativeHeader("greeting"));
					}
					return message;
				}

			});
			registration.executor(new SimpleAsyncTaskExecutor("in-"));
		}

		@Bean
		Controllers controllers(PerSession counter) {
			return new Controllers(counter);
		}

		@Bean
		@Scope(scopeName = "websocket", proxyMode = ScopedProxyMode.TARGET_CLASS)
		PerSession counter() {
			return new PerSession();
		}

		@Bean
		Events events() {
			return new Events();
		}

	}

	static class PerSession {

		private int count;

		int next() {
			return ++this.count;
		}

		@PreDestroy
		void end() {
			EVENTS.add("destroyed " + this.count);
		}

	}

	static class Events {

		@EventListener
		void connected(SessionConnectedEvent event) {
			EVENTS.add("connected " + ((event.getUser() != null) ? event.getUser().getName() : "anonymous"));
		}

		@EventListener
		void disconnected(SessionDisconnectEvent event) {
			EVENTS.add("disconnected " + event.getCloseStatus().getCode());
		}

	}

	@Controller
	static class Controllers {

		private final PerSession counter;

		Controllers(PerSession counter) {
			this.counter = counter;
		}

		@MessageMapping("/shout/{room}")
		@SendTo("/topic/{room}")
		String shout(@DestinationVariable String room, String text) {
			return room + ": " + text.toUpperCase(java.util.Locale.ROOT);
		}

		@SubscribeMapping("/now")
		String now() {
			return "first and second";
		}

		@MessageMapping("/count")
		@SendToUser("/queue/counts")
		String count(SimpMessageHeaderAccessor headers) {
			return headers.getSessionAttributes().size() + " " + this.counter.next();
		}

		@MessageMapping("/fail")
		String fail(String text) {
			throw new IllegalArgumentException(text);
		}

		@MessageExceptionHandler
		@SendToUser(destinations = "/queue/errors", broadcast = false)
		String failed(IllegalArgumentException ex) {
			return "failed: " + ex.getMessage();
		}

	}

}
