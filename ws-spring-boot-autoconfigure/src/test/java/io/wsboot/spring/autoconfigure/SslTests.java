package io.wsboot.spring.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

import io.wsboot.WsSession;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.CloseStatus;
import io.wsboot.spring.test.WsTestClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** {@code wss} with an SSL bundle. */
@ExtendWith(OutputCaptureExtension.class)
class SslTests {

	private static final TestCertificate SERVER = TestCertificate.of("server.test");

	private static final TestCertificate USER = TestCertificate.of("ann");

	private static final SSLContext CLIENT = TestCertificate.onlyTrusting(SERVER);

	@TempDir
	private Path directory;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WsServerAutoConfiguration.class, JacksonAutoConfiguration.class,
				SslAutoConfiguration.class))
		.withBean(Whoami.class)
		.withPropertyValues("ws.server.port=0", "ws.server.address=localhost", "ws.server.security.enabled=false");

	private ApplicationContextRunner withBundle() throws IOException {
		write(SERVER);
		Files.writeString(this.directory.resolve("users.pem"), USER.certificatePem());
		return this.runner.withPropertyValues("ws.server.ssl.bundle=web",
				"spring.ssl.bundle.pem.web.keystore.certificate=" + this.directory.resolve("server.pem"),
				"spring.ssl.bundle.pem.web.keystore.private-key=" + this.directory.resolve("server.key"),
				"spring.ssl.bundle.pem.web.truststore.certificate=" + this.directory.resolve("users.pem"));
	}

	private void write(TestCertificate certificate) throws IOException {
		Files.writeString(this.directory.resolve("server.key"), certificate.keyPem());
		Files.writeString(this.directory.resolve("server.pem"), certificate.certificatePem());
	}

	private static int port(AssertableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.ws.port", Integer.class);
	}

	@Test
	void aBundleMakesItWss(CapturedOutput output) throws Exception {
		withBundle().run((context) -> {
			assertThat(context).hasNotFailed();
			try (WsTestClient client = WsTestClient.builder().tls(CLIENT).connect(port(context), "/whoami")) {
				assertThat(client.send("x").nextText()).isEqualTo("x from nobody");
				assertThat(client.send("y".repeat(100_000)).nextText()).hasSize(100_000 + " from nobody".length());
				assertThat(client.close(new CloseStatus(4001, "")).code()).isEqualTo(4001);
			}
			assertThat(output).contains("WebSocket server started on port " + port(context) + " (wss) with 1 endpoint");
			assertThat(context.getBean(HealthIndicator.class).health().getDetails()).containsEntry("scheme", "wss");
		});
	}

	@Test
	void withoutABundleItIsNot() {
		this.runner.run((context) -> {
			try (WsTestClient client = WsTestClient.connect(port(context), "/whoami")) {
				assertThat(client.send("x").nextText()).isEqualTo("x from nobody");
			}
		});
	}

	@Test
	void aClientsCertificateIsThePrincipal() throws Exception {
		withBundle().withPropertyValues("ws.server.ssl.client-auth=want").run((context) -> {
			try (WsTestClient ann = WsTestClient.builder().tls(USER.trusting(SERVER)).connect(port(context), "/whoami");
					WsTestClient nobody = WsTestClient.builder().tls(CLIENT).connect(port(context), "/whoami")) {
				assertThat(ann.send("x").nextText()).isEqualTo("x from CN=ann");
				assertThat(nobody.send("x").nextText()).isEqualTo("x from nobody");
			}
		});
	}

	@Test
	void aClientsCertificateCanBeNeeded() throws Exception {
		withBundle().withPropertyValues("ws.server.ssl.client-auth=need").run((context) -> {
			try (WsTestClient ann = WsTestClient.builder()
				.tls(USER.trusting(SERVER))
				.connect(port(context), "/whoami")) {
				assertThat(ann.send("x").nextText()).isEqualTo("x from CN=ann");
			}
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> WsTestClient.builder().tls(CLIENT).connect(port(context), "/whoami"))
				.withMessageStartingWith("could not connect to wss:");
		});
	}

	@Test
	void protocolsAndCiphersAreTheBundles() throws Exception {
		withBundle()
			.withPropertyValues("spring.ssl.bundle.pem.web.options.enabled-protocols=TLSv1.2",
					"spring.ssl.bundle.pem.web.options.ciphers=TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
			.run((context) -> {
				try (SSLSocket socket = (SSLSocket) CLIENT.getSocketFactory()
					.createSocket("localhost", port(context))) {
					socket.startHandshake();
					assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
					assertThat(socket.getSession().getCipherSuite())
						.isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
				}
				try (SSLSocket socket = (SSLSocket) CLIENT.getSocketFactory()
					.createSocket("localhost", port(context))) {
					socket.setEnabledProtocols(new String[] { "TLSv1.3" });
					assertThatExceptionOfType(SSLException.class).isThrownBy(socket::startHandshake);
				}
			});
	}

	@Test
	void aReloadedBundleDropsNobody() throws Exception {
		TestCertificate next = TestCertificate.of("next.test");
		withBundle()
			.withPropertyValues("spring.ssl.bundle.pem.web.reload-on-update=true",
					"spring.ssl.bundle.watch.file.quiet-period=100ms")
			.run((context) -> {
				try (WsTestClient before = WsTestClient.builder().tls(CLIENT).connect(port(context), "/whoami")) {
					write(next);
					Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
						try (WsTestClient after = WsTestClient.builder()
							.tls(TestCertificate.onlyTrusting(next))
							.connect(port(context), "/whoami")) {
							assertThat(after.send("after").nextText()).isEqualTo("after from nobody");
						}
					});
					assertThat(before.send("before").nextText()).isEqualTo("before from nobody");
				}
			});
	}

	@Test
	void aMissingBundleIsNamed() {
		this.runner.withPropertyValues("ws.server.ssl.bundle=nowhere")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.hasRootCauseInstanceOf(NoSuchSslBundleException.class)
				.rootCause()
				.hasMessage("SSL bundle name 'nowhere' cannot be found"));
	}

	@Test
	void clientsCannotBeAskedWithoutABundle() {
		this.runner.withPropertyValues("ws.server.ssl.client-auth=need")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.hasRootCauseInstanceOf(InvalidConfigurationPropertyValueException.class)
				.rootCause()
				.hasMessageContaining("ws.server.ssl.client-auth"));
	}

	@WsEndpoint("/whoami")
	static class Whoami {

		@OnMessage
		String said(String text, WsSession session) {
			return text + " from " + session.principal().map(Principal::getName).orElse("nobody");
		}

	}

}
