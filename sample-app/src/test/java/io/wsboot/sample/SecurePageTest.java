package io.wsboot.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page by {@code https} and its sockets by {@code wss}, in Chromium, with one SSL
 * bundle for both ports.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "ws.server.port=0", "ws.server.ssl.bundle=web", "server.ssl.bundle=web" })
@DirtiesContext
class SecurePageTest {

	private static final String PASSWORD = "changeit";

	@TempDir
	private static Path directory;

	@LocalServerPort
	private int httpPort;

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
		try (Browser browser = new Browser(1400, 1140, "--ignore-certificate-errors")) {
			browser.open("https://localhost:" + this.httpPort + "/?room=tls&name=Ann");
			browser.awaitText("#server-address", "wss://localhost:");
			browser.awaitText("#chat-people li", "Ann (you)");
			browser.type("chat-text", "Nobody else can read this\n");
			browser.awaitText("#chat-lines .line.mine", "Nobody else can read this");
			assertThat(browser.consoleErrors()).isEmpty();
		}
	}

}
