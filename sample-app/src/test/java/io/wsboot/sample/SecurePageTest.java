package io.wsboot.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.wsboot.spring.test.LocalWsPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page by {@code https} and HTTP/2, and its sockets by {@code wss} on both ports, in
 * Chromium, with one SSL bundle for both ports.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "ws.server.port=0", "ws.server.ssl.bundle=web", "server.ssl.bundle=web",
				"server.http2.enabled=true" })
@DirtiesContext
class SecurePageTest {

	private static final String PASSWORD = "changeit";

	@TempDir
	private static Path directory;

	@LocalServerPort
	private int httpPort;

	@LocalWsPort
	private int wsPort;

	@DynamicPropertySource
	static void bundle(DynamicPropertyRegistry properties) throws IOException, InterruptedException {
		Path store = directory.resolve("web.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "web", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost",
				"-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD)
			.inheritIO()
			.start();
		assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(keytool.exitValue()).isZero();
		properties.add("spring.ssl.bundle.jks.web.keystore.location", store::toUri);
		properties.add("spring.ssl.bundle.jks.web.keystore.password", () -> PASSWORD);
		properties.add("spring.ssl.bundle.jks.web.keystore.type", () -> "PKCS12");
	}

	@Test
	void aLineInTheChat() throws Exception {
		try (Browser browser = openPage("?room=tls&name=Ann")) {
			browser.awaitText("#server-address", "wss://localhost:" + this.wsPort);
			browser.awaitText("#chat-people li", "Ann (you)");
			browser.type("chat-text", "Nobody else can read this\n");
			browser.awaitText("#chat-lines .line.mine", "Nobody else can read this");
			assertThat(browser.consoleErrors()).isEmpty();
		}
	}

	/**
	 * Tomcat has no WebSocket over HTTP/2 (RFC 8441), so Chromium opens connections of
	 * HTTP/1.1.
	 */
	@Test
	void socketsOnThePortOfAPageThatCameByHttp2() throws Exception {
		try (Browser browser = openPage("?room=h2&name=Ann&stomp=Ann")) {
			assertThat(browser.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol"))
				.isEqualTo("h2");
			browser.awaitText("#chat-state", "connected");
			browser.await("#chat-text:enabled");
			browser.click("way-page-port");
			browser.awaitText("#server-address", "wss://localhost:" + this.httpPort);
			browser.await("#chat-text:enabled");
			browser.type("chat-text", "One port for all\n");
			browser.awaitText("#chat-lines .line.mine", "One port for all");
			browser.awaitText("#echo-state", "connected");
			browser.echo(1_048_576, 3, "3 × 1 MiB binary");
			browser.awaitText("#stomp-people li", "Ann (you)");
			browser.type("stomp-text", "STOMP too\n");
			browser.awaitText("#stomp-lines .line.mine", "STOMP too");
			assertThat(browser.consoleErrors()).isEmpty();
		}
	}

	/**
	 * The fields {@code Upgrade} and {@code Connection} are none of HTTP/2 (RFC 9113
	 * §8.2.2).
	 */
	@Test
	void aPlainGetOfAnEndpointByHttp2() throws Exception {
		try (Browser browser = openPage("")) {
			browser.awaitText("#clock-state", "connected");
			assertThat(browser.fetch("echo")).containsEntry("status", 426L)
				.containsEntry("protocol", "h2")
				.containsEntry("upgrade", null)
				.containsEntry("connection", null);
			browser.awaitChange("#clock-time[data-time]", "data-time");
		}
	}

	private Browser openPage(String query) {
		Browser browser = new Browser(1400, 1240, "--ignore-certificate-errors");
		browser.open("https://localhost:" + this.httpPort + "/" + query);
		return browser;
	}

}
