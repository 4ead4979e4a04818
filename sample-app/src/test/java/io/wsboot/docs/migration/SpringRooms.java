package io.wsboot.docs.migration;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.util.UriTemplate;

class SpringRooms {

	static class RoomHandler extends TextWebSocketHandler {

		private static final UriTemplate PATH = new UriTemplate("/rooms/{room}");

		private final Map<String, Set<WebSocketSession>> rooms = new ConcurrentHashMap<>();

		private final JsonMapper json;

		RoomHandler(JsonMapper json) {
			this.json = json;
		}

		@Override
		public void afterConnectionEstablished(WebSocketSession session) {
			WebSocketSession safe = new ConcurrentWebSocketSessionDecorator(session, 10_000, 1_048_576);
			session.getAttributes().put("safe", safe);
			members(session).add(safe);
		}

		@Override
		protected void handleTextMessage(WebSocketSession session, TextMessage message) throws IOException {
			try {
				Line line = this.json.readValue(message.getPayload(), Line.class);
				TextMessage text = new TextMessage(this.json.writeValueAsString(line));
				for (WebSocketSession member : members(session)) {
					member.sendMessage(text);
				}
			}
			catch (JacksonException ex) {
				session.close(CloseStatus.BAD_DATA);
			}
		}

		@Override
		public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
			members(session).remove(session.getAttributes().get("safe"));
		}

		private Set<WebSocketSession> members(WebSocketSession session) {
			URI uri = Objects.requireNonNull(session.getUri());
			return this.rooms.computeIfAbsent(PATH.match(uri.getPath()).get("room"),
					(room) -> ConcurrentHashMap.newKeySet());
		}

	}

	@Configuration
	@EnableWebSocket
	static class RoomConfiguration implements WebSocketConfigurer {

		private final JsonMapper json;

		RoomConfiguration(JsonMapper json) {
			this.json = json;
		}

		@Override
		public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
			registry.addHandler(new RoomHandler(this.json), "/rooms/*").setAllowedOrigins("https://example.org");
		}

	}

	record Line(String text) {
	}

}
