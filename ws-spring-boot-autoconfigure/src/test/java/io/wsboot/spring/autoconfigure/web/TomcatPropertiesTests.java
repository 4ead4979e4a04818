package io.wsboot.spring.autoconfigure.web;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.wsboot.ClientBytes;
import io.wsboot.WsSession;
import io.wsboot.server.spi.Carrier;
import io.wsboot.server.spi.SessionStats;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.autoconfigure.TestCertificate;
import io.wsboot.spring.test.WsTestClient;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.ajp.AjpNioProtocol;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static io.wsboot.spring.autoconfigure.web.SharedApp.HANDSHAKE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What {@code server.tomcat.*} and further connectors mean to sessions. */
class TomcatPropertiesTests {

	/** Who has the sockets of sessions. */
	private static SharedApp start(Carrier carrier, List<Class<?>> beans, String... properties) {
		String[] all = Arrays.copyOf(properties, properties.length + 1);
		all[properties.length] = "ws.server.web.take-over=" + (carrier == Carrier.SOCKET);
		return SharedApp.start(beans, all);
	}

	private static SharedApp start(Carrier carrier, String... properties) {
		return start(carrier, List.of(Echo.class, Hello.class), properties);
	}

	private static void echo(WsTestClient client) {
		assertThat(client.send("a").nextText()).isEqualTo("a");
	}

	private static void expectCarrier(SharedApp app, Carrier carrier) {
		assertThat(app.server().sessions().stream().map(TomcatPropertiesTests::carrier)).isNotEmpty()
			.allMatch(carrier::equals);
	}

	private static Carrier carrier(WsSession session) {
		return SessionStats.of(session).carrier();
	}

	private static void hello(SharedApp app) {
		assertThat(app.http("GET", "/hello")).startsWith("HTTP/1.1 200 ").endsWith("hello");
	}

	/** A session has no thread of Tomcat's. */
	@ParameterizedTest
	@EnumSource(names = { "SOCKET", "WIRE" })
	void oneThreadServesManySessions(Carrier carrier) {
		try (SharedApp app = start(carrier, "server.tomcat.threads.max=1", "server.tomcat.threads.min-spare=1",
				"server.tomcat.threads.max-queue-capacity=100")) {
			List<WsTestClient> clients = Stream.generate(() -> WsTestClient.connect(app.port(), "/echo"))
				.limit(10)
				.toList();
			for (int i = 0; i < 5; i++) {
				clients.forEach(TomcatPropertiesTests::echo);
				hello(app);
			}
			expectCarrier(app, carrier);
			clients.forEach(WsTestClient::close);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SOCKET", "WIRE" })
	void virtualThreadsServeHandshakes(Carrier carrier) {
		assumeThat(Runtime.version().feature()).as("the JDK has virtual threads").isGreaterThanOrEqualTo(21);
		try (SharedApp app = start(carrier, "spring.threads.virtual.enabled=true");
				WsTestClient client = WsTestClient.connect(app.port(), "/echo")) {
			assertThat(app.http("GET", "/thread")).endsWith("virtual");
			echo(client);
			expectCarrier(app, carrier);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SOCKET", "WIRE" })
	void timeoutsOfHttpAreOver(Carrier carrier) {
		try (SharedApp app = start(carrier, "server.tomcat.connection-timeout=200ms",
				"server.tomcat.keep-alive-timeout=200ms");
				WsTestClient client = WsTestClient.connect(app.port(), "/echo")) {
			echo(client);
			expectCarrier(app, carrier);
			// Tomcat looks for connections whose time is over once in a second
			client.receivesNothingFor(Duration.ofMillis(1500));
			echo(client);
		}
	}

	/** The accept count lets clients wait that Tomcat does not serve yet. */
	@ParameterizedTest
	@EnumSource(names = { "SOCKET", "WIRE" })
	void onlyWiresCountAsConnections(Carrier carrier) throws Exception {
		int most = 3;
		try (SharedApp app = start(carrier, "server.tomcat.max-connections=" + most)) {
			List<WsTestClient> clients = new ArrayList<>();
			for (int i = 0; i < most; i++) {
				clients.add(WsTestClient.connect(app.port(), "/echo"));
			}
			Thread late = new Thread(() -> clients.add(WsTestClient.connect(app.port(), "/echo")));
			late.start();
			if (carrier == Carrier.WIRE) {
				Awaitility.await()
					.during(Duration.ofMillis(200))
					.until(() -> app.server().sessions().stream().count() == most);
				clients.get(0).close();
			}
			late.join();
			clients.subList((carrier == Carrier.WIRE) ? 1 : 0, most + 1).forEach(TomcatPropertiesTests::echo);
			expectCarrier(app, carrier);
			clients.forEach(WsTestClient::close);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SOCKET", "WIRE" })
	void theAccessLogHasTheHandshake(Carrier carrier, @TempDir Path directory) {
		try (SharedApp app = start(carrier, "server.tomcat.accesslog.enabled=true",
				"server.tomcat.accesslog.directory=" + directory, "server.tomcat.accesslog.buffered=false",
				"server.tomcat.accesslog.rotate=false", "server.tomcat.accesslog.pattern=%m %U %s");
				WsTestClient client = WsTestClient.connect(app.port(), "/echo")) {
			echo(client);
			hello(app);
			Awaitility.await()
				.untilAsserted(() -> assertThat(Files.readAllLines(directory.resolve("access_log.log")))
					.containsExactly("GET /echo 101", "GET /hello 200"));
		}
	}

	/** Plain HTTP beside HTTPS. */
	@ParameterizedTest
	@EnumSource(names = { "SOCKET", "WIRE" })
	void furtherConnectorsAreShared(Carrier carrier, @TempDir Path directory) throws Exception {
		TestCertificate certificate = TestCertificate.of("server.test");
		Files.writeString(directory.resolve("server.key"), certificate.keyPem());
		Files.writeString(directory.resolve("server.pem"), certificate.certificatePem());
		try (SharedApp app = start(carrier, List.of(Echo.class, Hello.class, PlainConnector.class),
				"server.ssl.bundle=web",
				"spring.ssl.bundle.pem.web.keystore.certificate=" + directory.resolve("server.pem"),
				"spring.ssl.bundle.pem.web.keystore.private-key=" + directory.resolve("server.key"))) {
			Connector plain = connectors(app).filter((connector) -> !connector.getSecure()).findFirst().orElseThrow();
			try (WsTestClient client = WsTestClient.connect(plain.getLocalPort(), "/echo");
					WsTestClient secure = WsTestClient.builder()
						.tls(TestCertificate.onlyTrusting(certificate))
						.connect(app.port(), "/echo")) {
				echo(client);
				echo(secure);
				expectCarrier(app, carrier);
				plain.stop();
				echo(secure);
				if (carrier == Carrier.WIRE) {
					assertThat(client.closeStatus().code()).isEqualTo(1001);
				}
				else {
					echo(client);
				}
			}
		}
	}

	/** As a proxy on the same machine speaks to Tomcat. */
	@ParameterizedTest
	@EnumSource(names = { "SOCKET", "WIRE" })
	void unixDomainSocketsAreShared(Carrier carrier) throws Exception {
		Path directory = Files.createTempDirectory("ws"); // short, as such a path must be
		Path path = directory.resolve("socket");
		try (SharedApp app = start(carrier, List.of(Echo.class, Hello.class, UnixConnector.class), "test.path=" + path);
				SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
			socket.write(ByteBuffer
				.wrap(new ClientBytes().ascii("GET /echo HTTP/1.1\r\nHost: localhost\r\n" + HANDSHAKE + "\r\n")
					.text("early")
					.bytes()));
			InputStream in = Channels.newInputStream(socket);
			assertThat(head(in)).startsWith("HTTP/1.1 101 ");
			assertThat(in.readNBytes(7)).isEqualTo("\u0081\u0005early".getBytes(StandardCharsets.ISO_8859_1));
			socket.write(ByteBuffer.wrap(new ClientBytes().text("later").bytes()));
			assertThat(in.readNBytes(7)).isEqualTo("\u0081\u0005later".getBytes(StandardCharsets.ISO_8859_1));
			expectCarrier(app, carrier);
			if (carrier == Carrier.WIRE) {
				Connector connector = connectors(app).filter((one) -> one.getLocalPort() < 0).findFirst().orElseThrow();
				Thread stopping = new Thread(() -> stop(connector));
				stopping.start();
				assertThat(in.readNBytes(4)).startsWith(0x88, 0x0E, 0x03, 0xE9);
				socket.shutdownOutput();
				stopping.join();
			}
		}
		finally {
			Files.deleteIfExists(path);
			Files.delete(directory);
		}
	}

	private static void stop(Connector connector) {
		try {
			connector.stop();
		}
		catch (LifecycleException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String head(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			head.append((char) in.readNBytes(1)[0]);
		}
		return head.toString();
	}

	/** AJP has no upgrade: a proxy must speak HTTP to the application. */
	@Test
	void overAjpHandshakesAreRefused() throws Exception {
		try (SharedApp app = start(Carrier.SOCKET, List.of(Echo.class, Hello.class, AjpConnector.class),
				"ws.server.max-connections=1")) {
			int ajp = connectors(app).filter((connector) -> connector.getProtocolHandler() instanceof AjpNioProtocol)
				.findFirst()
				.orElseThrow()
				.getLocalPort();
			assertThat(statusOverAjp(ajp, "/hello")).isEqualTo(200);
			assertThat(statusOverAjp(ajp, "/echo", "Upgrade", "websocket", "Connection", "Upgrade",
					"Sec-WebSocket-Version", "13", "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="))
				.isEqualTo(501);
			try (WsTestClient client = WsTestClient.connect(app.port(), "/echo")) {
				echo(client);
			}
		}
	}

	/** The status of the answer to a GET over AJP 1.3. */
	private static int statusOverAjp(int port, String path, String... fields) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		out.writeShort(0x0202); // a request to forward, GET
		for (String part : List.of("HTTP/1.1", path, "127.0.0.1", "localhost", "localhost")) {
			writeAjp(out, part);
		}
		out.writeShort(80);
		out.writeByte(0); // not secure
		out.writeShort(fields.length / 2 + 1);
		writeAjp(out, "Host");
		writeAjp(out, "localhost");
		for (String part : fields) {
			writeAjp(out, part);
		}
		out.writeByte(0xFF);
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout(10_000);
			DataOutputStream to = new DataOutputStream(socket.getOutputStream());
			to.writeShort(0x1234);
			to.writeShort(bytes.size());
			to.write(bytes.toByteArray());
			DataInputStream in = new DataInputStream(socket.getInputStream());
			in.skipNBytes(4);
			assertThat(in.readByte()).as("the head of an answer").isEqualTo((byte) 4);
			return in.readShort();
		}
	}

	private static void writeAjp(DataOutputStream out, String text) throws IOException {
		out.writeUTF(text); // with its length before, as AJP wants it
		out.writeByte(0);
	}

	private static Stream<Connector> connectors(SharedApp app) {
		TomcatWebServer server = (TomcatWebServer) ((WebServerApplicationContext) app.context()).getWebServer();
		return Stream.of(server.getTomcat().getService().findConnectors());
	}

	@Configuration(proxyBeanMethods = false)
	static class PlainConnector {

		@Bean
		WebServerFactoryCustomizer<TomcatServletWebServerFactory> plainConnector() {
			return (factory) -> {
				Connector connector = new Connector(TomcatServletWebServerFactory.DEFAULT_PROTOCOL);
				connector.setPort(0);
				factory.addAdditionalConnectors(connector);
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UnixConnector {

		@Bean
		WebServerFactoryCustomizer<TomcatServletWebServerFactory> unixConnector(@Value("${test.path}") String path) {
			return (factory) -> {
				Connector connector = new Connector(TomcatServletWebServerFactory.DEFAULT_PROTOCOL);
				connector.setProperty("unixDomainSocketPath", path);
				factory.addAdditionalConnectors(connector);
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AjpConnector {

		@Bean
		WebServerFactoryCustomizer<TomcatServletWebServerFactory> ajpConnector() {
			return (factory) -> {
				Connector connector = new Connector("AJP/1.3");
				connector.setPort(0);
				connector.setProperty("address", "127.0.0.1");
				connector.setProperty("secretRequired", "false");
				factory.addAdditionalConnectors(connector);
			};
		}

	}

	@WsEndpoint("/echo")
	static class Echo {

		@OnMessage
		String echo(String text) {
			return text;
		}

	}

	@RestController
	static class Hello {

		@GetMapping("/hello")
		String hello() {
			return "hello";
		}

		@GetMapping("/thread")
		String thread() {
			return Thread.currentThread().toString().startsWith("VirtualThread") ? "virtual" : "platform";
		}

	}

}
