package io.wsboot.spring.websocket;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.wsboot.spring.websocket.Application.Container;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.SpringVersion;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.socket.sockjs.client.RestTemplateXhrTransport;
import org.springframework.web.socket.sockjs.client.SockJsClient;
import org.springframework.web.socket.sockjs.client.Transport;
import org.springframework.web.socket.sockjs.client.WebSocketClientSockJsSession;
import org.springframework.web.socket.sockjs.client.WebSocketTransport;
import org.springframework.web.socket.sockjs.client.XhrClientSockJsSession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** SockJS: its WebSocket transport is the server's, the others are the web server's. */
@Timeout(60)
@ParameterizedClass
@EnumSource(names = { "TOMCAT", "JETTY" })
class SockJsTests {

	private static final RecordingHandler handler = new RecordingHandler();

	private static final Faults faults = new Faults();

	private static Application application;

	SockJsTests(Container container) {
		assertThat(container).isNotNull();
	}

	@BeforeParameterizedClassInvocation
	static void start(Container container) {
		// the end of a client's request for a stream is seen at the next heartbeat
		application = Application.run(container, Handlers.class, "server.shutdown=immediate");
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		application.close();
	}

	@BeforeEach
	void reset() {
		await().until(() -> application.server().sessions().count() == 0);
		faults.status.clear();
		faults.authorized.clear();
		handler.clear();
	}

	@ParameterizedTest
	@EnumSource
	void messagesAreEchoedAndSent(Kind kind) throws Exception {
		kind.assumeWorks();
		try (Client client = new Client(kind.transport.get())) {
			WebSocketSession session = client.connect();
			assertThat(application.server().sessions().count()).isEqualTo((kind == Kind.WEBSOCKET) ? 1 : 0);
			for (int i = 0; i < 20; i++) {
				session.sendMessage(new TextMessage("message " + i));
			}
			for (int i = 0; i < 20; i++) {
				assertThat(client.next()).isEqualTo("message " + i);
			}
			handler.session().sendMessage(new TextMessage("from the server"));
			assertThat(client.next()).isEqualTo("from the server");
			for (String request : faults.authorized) {
				assertThat(request).endsWith(" 123");
			}
			session.close();
		}
	}

	@Test
	void withoutInfoThereIsNoSession() {
		faults.status.put("/info", 500);
		try (Client client = new Client(Kind.WEBSOCKET.transport.get())) {
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(client::connect);
		}
	}

	@Test
	void whereWebSocketFailsHttpTakesOver() throws Exception {
		Kind.XHR.assumeWorks();
		faults.status.put("/websocket", 200);
		try (Client client = new Client(Kind.WEBSOCKET.transport.get(), Kind.XHR.transport.get())) {
			WebSocketSession session = client.connect();
			assertThat(session).isInstanceOf(XhrClientSockJsSession.class);
			session.sendMessage(new TextMessage("by HTTP"));
			assertThat(client.next()).isEqualTo("by HTTP");
			session.close();
		}
	}

	@Test
	void theClientPrefersWebSocket() throws Exception {
		try (Client client = new Client(Kind.WEBSOCKET.transport.get(), Kind.XHR.transport.get())) {
			WebSocketSession session = client.connect();
			assertThat(session).isInstanceOf(WebSocketClientSockJsSession.class);
			session.close();
		}
	}

	/** Transports of Spring's client. */
	enum Kind {

		WEBSOCKET(() -> new WebSocketTransport(new StandardWebSocketClient())),
		XHR(() -> new RestTemplateXhrTransport(new RestTemplate()));

		private final Supplier<Transport> transport;

		Kind(Supplier<Transport> transport) {
			this.transport = transport;
		}

		/** Spring 7.0.8 answers xhr_send with 404, whoever serves its handlers. */
		private void assumeWorks() {
			if (this != WEBSOCKET) {
				assumeThat(SpringVersion.getVersion()).isNotEqualTo("7.0.8");
			}
		}

	}

	/** Spring's client. */
	static final class Client extends TextWebSocketHandler implements AutoCloseable {

		private final SockJsClient client;

		private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

		Client(Transport... transports) {
			this.client = new SockJsClient(List.of(transports));
			this.client.start();
		}

		WebSocketSession connect() throws Exception {
			WebSocketHttpHeaders headers = new WebSocketHttpHeaders();
			headers.add("X-Auth", "123");
			return this.client.execute(this, headers, URI.create("http://localhost:" + application.port + "/sockjs"))
				.get(20, TimeUnit.SECONDS);
		}

		String next() throws InterruptedException {
			return String.valueOf(this.received.poll(20, TimeUnit.SECONDS));
		}

		@Override
		protected void handleTextMessage(WebSocketSession session, TextMessage message) {
			this.received.add(message.getPayload());
		}

		@Override
		public void close() {
			this.client.stop();
		}

	}

	/** Lets requests fail, and notes how they are authorized. */
	static final class Faults extends OncePerRequestFilter {

		final Map<String, Integer> status = new ConcurrentHashMap<>();

		final Set<String> authorized = ConcurrentHashMap.newKeySet();

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws ServletException, IOException {
			String path = request.getRequestURI();
			this.authorized.add(path + " " + request.getHeader("X-Auth"));
			for (Map.Entry<String, Integer> fault : this.status.entrySet()) {
				if (path.endsWith(fault.getKey())) {
					response.sendError(fault.getValue());
					return;
				}
			}
			chain.doFilter(request, response);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocket
	static class Handlers {

		@Bean
		Faults faults() {
			return faults;
		}

		@Bean
		WebSocketConfigurer handlers() {
			return (registry) -> registry.addHandler(handler, "/sockjs").withSockJS();
		}

	}

}
