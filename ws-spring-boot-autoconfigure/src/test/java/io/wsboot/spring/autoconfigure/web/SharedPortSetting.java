package io.wsboot.spring.autoconfigure.web;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import io.wsboot.conformance.Setting;
import io.wsboot.server.WatchedServer;
import io.wsboot.server.WsServer;
import io.wsboot.server.config.WsServerOptionsBuilder;
import io.wsboot.spring.autoconfigure.EchoEndpoints;
import io.wsboot.spring.autoconfigure.TestCertificate;
import io.wsboot.spring.autoconfigure.WsServerOptionsCustomizer;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Annotated beans of an application that shares the port of its web server, as the
 * conformance tests ask for them.
 */
enum SharedPortSetting implements Setting {

	TOMCAT(SharedServer.TOMCAT, false, true),

	TOMCAT_TLS(SharedServer.TOMCAT, true, true),

	TOMCAT_WIRE(SharedServer.TOMCAT, false, false),

	JETTY(SharedServer.JETTY, false, true),

	JETTY_TLS(SharedServer.JETTY, true, true),

	REACTOR_NETTY(SharedServer.REACTOR_NETTY, false, true);

	/** Lists them. */
	public static final class All implements Some {

		@Override
		public List<Setting> settings() {
			return List.of(values());
		}

	}

	/** For the host that the clients of the tests ask for. */
	private static final TestCertificate CERTIFICATE = TestCertificate.of("example.com");

	private static final SSLContext CLIENT = TestCertificate.onlyTrusting(CERTIFICATE);

	private final SharedServer server;

	private final boolean tls;

	private final boolean takeOver;

	SharedPortSetting(SharedServer server, boolean tls, boolean takeOver) {
		this.server = server;
		this.tls = tls;
		this.takeOver = takeOver;
	}

	@Override
	public WatchedServer start(Consumer<WsServerOptionsBuilder> options, String... paths) {
		ApplicationContextInitializer<GenericApplicationContext> customizer = (context) -> context
			.registerBean(WsServerOptionsCustomizer.class, () -> options::accept);
		List<String> properties = new ArrayList<>(List.of("server.address=127.0.0.1", "ws.server.event-loops=1",
				this.server.selection, "ws.server.execution=event-loop", "ws.server.web.take-over=" + this.takeOver,
				"server.max-http-request-header-size=2KB", "server.netty.max-initial-line-length=2KB",
				// each of them tells of wrong requests
				"logging.level.org.apache.coyote=warn", "logging.level.org.eclipse.jetty=error",
				"logging.level.reactor.netty=off"));
		if (this.tls) {
			properties.addAll(List.of("server.ssl.bundle=web",
					"spring.ssl.bundle.pem.web.keystore.certificate=" + CERTIFICATE.certificatePem(),
					"spring.ssl.bundle.pem.web.keystore.private-key=" + CERTIFICATE.keyPem()));
		}
		List<Class<?>> beans = new ArrayList<>(EchoEndpoints.at(paths));
		beans.addAll(this.server.beans);
		SharedApp app = SharedApp.start(this.server.type, beans, customizer, properties.toArray(String[]::new));
		WsServer engine = app.server().latest();
		if (engine == null || engine.isListening()) {
			app.close();
			throw new IllegalStateException("the port is not shared");
		}
		return WatchedServer.of(engine, () -> {
			// ends with the application
		}).behind(app.webPort(), app, () -> this.server.connections(app.context()));
	}

	@Override
	public boolean readsRequests() {
		return false;
	}

	@Override
	public boolean isBehindWebServer() {
		return true;
	}

	@Override
	public Map<String, Integer> otherAnswers() {
		return this.server.answers();
	}

	@Override
	public boolean isSecure() {
		return this.tls;
	}

	@Override
	public Socket over(Socket tcp) throws IOException {
		if (!this.tls) {
			return tcp;
		}
		SSLSocket secure = (SSLSocket) CLIENT.getSocketFactory().createSocket(tcp, "localhost", tcp.getPort(), true);
		secure.startHandshake();
		return secure;
	}

}
