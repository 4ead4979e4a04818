package io.wsboot.docs.oneport;

import java.security.Principal;
import java.util.Objects;
import java.util.Optional;

import io.wsboot.WsSession;
import io.wsboot.server.spi.SessionStats;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.WsEndpoint;
import jakarta.servlet.http.HttpSession;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Endpoints and controllers around the examples of the page. */
class Endpoints {

	/** Says what carries the session, and who the client is. */
	@WsEndpoint("/who")
	static class Who {

		@OnOpen
		String opened(WsSession session) {
			return SessionStats.of(session).carrier() + " "
					+ Objects.requireNonNull(session.handshake().remoteAddress()).getAddress().getHostAddress();
		}

		@OnMessage
		String said(String text) {
			return text;
		}

	}

	@WsEndpoint("/news")
	static class News {

		@OnOpen
		String opened(Principal reader) {
			return "Hello, " + reader.getName();
		}

	}

	@WsEndpoint("/status")
	static class Status {

		@OnOpen
		String opened(Optional<Principal> anybody) {
			return anybody.map(Principal::getName).orElse("nobody");
		}

	}

	@RestController
	static class Shop {

		@PostMapping("/fill")
		void fill(HttpSession session) {
			session.setAttribute("cart", "apples");
		}

		@PostMapping("/log-out")
		void logOut(HttpSession session) {
			session.invalidate();
		}

	}

}
