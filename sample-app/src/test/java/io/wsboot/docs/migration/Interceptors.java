package io.wsboot.docs.migration;

import java.util.Map;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.SessionAttribute;
import io.wsboot.WsSession;
import io.wsboot.spring.annotation.OnHandshake;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

class Interceptors {

	static class LocaleInterceptor implements HandshakeInterceptor {

		@Override
		public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
				Map<String, Object> attributes) {
			String language = request.getHeaders().getFirst("Accept-Language");
			if (language == null) {
				response.setStatusCode(HttpStatus.FORBIDDEN);
				return false;
			}
			attributes.put("language", language);
			return true;
		}

		@Override
		public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
				@Nullable Exception failure) {
		}

	}

	@WsEndpoint("/greetings")
	static class GreetingEndpoint {

		static final SessionAttribute<String> LANGUAGE = SessionAttribute.of("language", String.class);

		@OnHandshake
		HandshakeDecision judge(HandshakeRequest request) {
			return request.headers()
				.first("Accept-Language")
				.<HandshakeDecision>map((language) -> HandshakeDecision.accept().withAttribute(LANGUAGE, language))
				.orElse(HandshakeDecision.refuse(403));
		}

		@OnMessage
		String said(String text, WsSession session) {
			return LANGUAGE.get(session) + ": " + text;
		}

	}

}
