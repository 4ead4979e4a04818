package io.wsboot.spring.autoconfigure;

import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.wsboot.CloseStatus;
import io.wsboot.Execution;
import io.wsboot.WsSession;
import io.wsboot.WsSessions;
import io.wsboot.spring.annotation.OnClose;
import io.wsboot.spring.annotation.OnError;
import io.wsboot.spring.annotation.OnHandshake;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.WsEndpoint;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/**
 * An application that uses Spring Security.
 */
final class SecuredEndpoints {

	private SecuredEndpoints() {
	}

	static final List<Class<?>> ALL = List.of(Whoami.class, WhoamiOnLoop.class, Open.class, Guarded.class,
			GuardedWithErrors.class, GuardedHandshake.class, MethodSecurity.class);

	private static String context() {
		Authentication client = SecurityContextHolder.getContext().getAuthentication();
		return (client != null) ? client.getName() : "nobody";
	}

	static class Echo {

		@OnOpen
		String open(Optional<Principal> user) {
			return "open " + user.map(Principal::getName).orElse("-") + " " + context();
		}

		@OnMessage
		String message(String text, Authentication user, WsSession session) {
			session.execute((same) -> same.send("task " + context()));
			return text + " " + ((user != null) ? user.getName() : "-") + " " + context() + " "
					+ Thread.currentThread().getName();
		}

	}

	@WsEndpoint("/whoami")
	static class Whoami extends Echo {

		/** What was in force when a session closed. */
		final BlockingQueue<String> closed = new LinkedBlockingQueue<>();

		@OnClose
		void close(CloseStatus status) {
			this.closed.add(status.code() + " " + context());
		}

	}

	@WsEndpoint(path = "/loop", execution = Execution.EVENT_LOOP)
	static class WhoamiOnLoop extends Echo {

	}

	@WsEndpoint(path = "/open/{room}", subprotocols = "chat")
	static class Open extends Echo {

	}

	@WsEndpoint("/guarded")
	static class Guarded {

		@OnMessage
		@PreAuthorize("hasAuthority('SCOPE_chat')")
		String message(String text) {
			return "allowed " + text;
		}

	}

	@WsEndpoint("/guarded-with-errors")
	static class GuardedWithErrors extends Guarded {

		@OnError
		String denied(AccessDeniedException ex) {
			return "denied to " + context();
		}

	}

	@WsEndpoint("/guarded-handshake")
	static class GuardedHandshake {

		@OnHandshake
		@PreAuthorize("hasAuthority('SCOPE_chat')")
		void handshake() {
			// whoever comes so far may connect
		}

		@OnMessage
		String message(String text) {
			return text;
		}

	}

	/** Closes all other sessions, whose callbacks run within this one's. */
	@WsEndpoint(path = "/closing", execution = Execution.EVENT_LOOP)
	static class ClosingOthers {

		private final ObjectProvider<WsSessions> sessions;

		final BlockingQueue<String> closed = new LinkedBlockingQueue<>();

		ClosingOthers(ObjectProvider<WsSessions> sessions) {
			this.sessions = sessions;
		}

		@OnMessage
		String message(String text, WsSession session) {
			this.sessions.getObject().where((other) -> other != session).close(CloseStatus.GOING_AWAY);
			return context();
		}

		@OnClose
		void close() {
			this.closed.add(context());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity
	static class MethodSecurity {

	}

	@Configuration(proxyBeanMethods = false)
	static class Jwt {

		@Bean
		JwtDecoder jwtDecoder() {
			return Tokens.decoder();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Passwords {

		/** On which threads passwords were looked at. */
		static final BlockingQueue<String> THREADS = new LinkedBlockingQueue<>();

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(
					User.withUsername("bob").password("b:ö b").authorities("SCOPE_chat").build(),
					User.withUsername("locked").password("x").authorities("SCOPE_chat").accountLocked(true).build(),
					User.withUsername("ann").password("x").authorities("SCOPE_chat").build());
		}

		@Bean
		PasswordEncoder passwords() {
			return new PasswordEncoder() {

				@Override
				public String encode(CharSequence raw) {
					return raw.toString();
				}

				@Override
				public boolean matches(CharSequence raw, String encoded) {
					THREADS.add(Thread.currentThread().getName());
					return encoded.contentEquals(raw);
				}

			};
		}

	}

}
