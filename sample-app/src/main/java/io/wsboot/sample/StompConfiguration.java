package io.wsboot.sample;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;

import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * A second chat, with Spring's own STOMP support. Nothing here knows wsboot: an
 * application that has such code keeps it.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSocketMessageBroker
class StompConfiguration implements WebSocketMessageBrokerConfigurer {

	@Override
	public void registerStompEndpoints(StompEndpointRegistry registry) {
		registry.setPreserveReceiveOrder(true);
		registry.addEndpoint("/stomp").setHandshakeHandler(new Guests());
	}

	@Override
	public void configureMessageBroker(MessageBrokerRegistry registry) {
		registry.enableSimpleBroker("/topic", "/queue");
		registry.setApplicationDestinationPrefixes("/app");
		registry.setPreservePublishOrder(true);
		registry.setUserRegistryOrder(Ordered.HIGHEST_PRECEDENCE); // before StompChat
	}

	@Override
	public void configureClientInboundChannel(ChannelRegistration registration) {
		registration.interceptors(new StompDestinations());
	}

	/** Whoever comes is whom the query names, as the demonstration has no login. */
	private static final class Guests extends DefaultHandshakeHandler {

		@Override
		protected Principal determineUser(ServerHttpRequest request, WebSocketHandler handler,
				Map<String, Object> attributes) {
			String name = UriComponentsBuilder.fromUri(request.getURI()).build().getQueryParams().getFirst("name");
			return new Guest(ChatText
				.name(Optional.ofNullable(name).map((value) -> UriUtils.decode(value, StandardCharsets.UTF_8))));
		}

	}

	/**
	 * Somebody in the chat. All sessions with the same name are one user's.
	 *
	 * @param getName the name
	 */
	private record Guest(String getName) implements Principal {
	}

}
