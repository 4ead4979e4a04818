package io.wsboot.docs.plain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.wsboot.CloseStatus;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.WsServer;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Tests the examples of {@code docs/plain-java.md}. */
class PlainJavaPageTest {

	private static final String PASSWORD = "changeit";

	@Test
	void rooms() {
		try (WsServer server = RoomServer.start(0);
				WsTestClient ann = WsTestClient.connect(server.port(), "/rooms/java?name=Ann");
				WsTestClient bob = WsTestClient.connect(server.port(), "/rooms/java?name=Bob");
				WsTestClient eve = WsTestClient.connect(server.port(), "/rooms/scala?name=Eve")) {
			assertThat(WsTestClient.refusal(server.port(), "/rooms/java").status()).isEqualTo(400);
			assertThat(ann.send("hi").nextText()).isEqualTo("Ann: hi");
			assertThat(bob.nextText()).isEqualTo("Ann: hi");
			assertThat(eve.send(new byte[] { 1, 2 }).nextBinary()).containsExactly(1, 2);
			bob.close(CloseStatus.NORMAL);
			assertThat(ann.nextText()).isEqualTo("Bob has left");
		}
	}

	@Test
	void counts() {
		try (WsServer server = RoomServer.start(0);
				WsTestClient ann = WsTestClient.connect(server.port(), "/rooms/java?name=Ann")) {
			assertThat(ann.send("hi").nextText()).isEqualTo("Ann: hi");
			await().untilAsserted(() -> assertThat(RoomServer.describe(server))
				.matches("1 sessions, (\\d+) of \\1 loops alive, 0 bytes wait for slow readers"));
			WsSession session = server.sessions().stream().findFirst().orElseThrow();
			assertThat(RoomServer.isBehind(session)).isFalse();
			assertThat(RoomServer.watch(server, session)).containsExactly(session.id());
		}
	}

	@Test
	void stops() throws Exception {
		WsServer server = RoomServer.start(0);
		try (WsTestClient ann = WsTestClient.connect(server.port(), "/rooms/java?name=Ann")) {
			RoomServer.stop(server);
			assertThat(ann.closeStatus().code()).isEqualTo(1001);
		}
		server.stop().toCompletableFuture().get(30, TimeUnit.SECONDS);
	}

	@Test
	void optionsOfAnEndpoint() {
		try (WsServer server = WsServer.builder().port(0).handler("/echo", new Echo(), RoomServer.onTheLoop()).start();
				WsTestClient client = WsTestClient.builder().subprotocols("chat.v1").connect(server.port(), "/echo")) {
			assertThat(client.send("hi").nextText()).isEqualTo("chat.v1: hi");
			client.send("x".repeat(4097));
			assertThat(client.closeStatus().code()).isEqualTo(1009);
		}
	}

	@Test
	void encrypts(@TempDir Path directory) throws Exception {
		Path store = directory.resolve("server.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "ws", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost",
				"-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD)
			.inheritIO()
			.start();
		assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(keytool.exitValue()).isZero();
		try (WsServer server = WsServer.builder()
			.port(0)
			.tls(RoomServer.tls(store, PASSWORD.toCharArray()))
			.handler("/echo", new Echo())
			.start();
				WsTestClient client = WsTestClient.builder().tls(trusting(store)).connect(server.port(), "/echo")) {
			assertThat(server.isSecure()).isTrue();
			assertThat(client.send("hi").nextText()).isEqualTo("none: hi");
		}
	}

	private static SSLContext trusting(Path store) throws GeneralSecurityException, IOException {
		KeyStore own = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(store)) {
			own.load(in, PASSWORD.toCharArray());
		}
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("ws", own.getCertificate("ws"));
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		return context;
	}

	private static final class Echo implements WsHandler {

		@Override
		public void onText(WsSession session, String text) {
			session.send(session.subprotocol().orElse("none") + ": " + text);
		}

	}

}
