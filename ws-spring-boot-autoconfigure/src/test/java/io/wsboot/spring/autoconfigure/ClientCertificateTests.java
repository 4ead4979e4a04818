package io.wsboot.spring.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLContext;

import io.wsboot.spring.autoconfigure.SecuredEndpoints.Jwt;
import io.wsboot.spring.autoconfigure.SecuredEndpoints.Passwords;
import io.wsboot.spring.test.HandshakeRefusedException;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Clients that show who they are in the TLS handshake (RFC 8446 §4.4.2). */
class ClientCertificateTests {

	private static final TestCertificate SERVER = TestCertificate.of("server.test");

	private static final TestCertificate ANN = TestCertificate.of("ann");

	private static final TestCertificate STRANGER = TestCertificate.of("stranger");

	private static final SSLContext NOBODY = TestCertificate.onlyTrusting(SERVER);

	@TempDir
	private Path directory;

	private RunningApp app(Class<?> security, String... arguments) throws IOException {
		List<Class<?>> beans = new ArrayList<>(SecuredEndpoints.ALL);
		beans.add(security);
		List<String> all = new ArrayList<>(List.of(arguments));
		all.add("--ws.server.security.enabled=true");
		all.add("--ws.server.address=localhost");
		all.add("--ws.server.ssl.bundle=web");
		all.add("--ws.server.ssl.client-auth=want");
		all.add("--spring.ssl.bundle.pem.web.keystore.certificate=" + file("server.pem", SERVER.certificatePem()));
		all.add("--spring.ssl.bundle.pem.web.keystore.private-key=" + file("server.key", SERVER.keyPem()));
		all.add("--spring.ssl.bundle.pem.web.truststore.certificate="
				+ file("users.pem", ANN.certificatePem() + STRANGER.certificatePem()));
		return RunningApp.start(beans, all.toArray(new String[0]));
	}

	private Path file(String name, String content) throws IOException {
		return Files.writeString(this.directory.resolve(name), content);
	}

	private static WsTestClient connect(RunningApp app, SSLContext context) {
		return WsTestClient.builder().tls(context).connect(app.port(), "/whoami");
	}

	private static void refused(RunningApp app, SSLContext context) {
		assertThatExceptionOfType(HandshakeRefusedException.class).isThrownBy(() -> connect(app, context))
			.satisfies((ex) -> assertThat(ex.status()).isEqualTo(401));
	}

	@Test
	void areUsersThatTheApplicationKnows() throws Exception {
		try (RunningApp app = app(Passwords.class, "--ws.server.security.client-certificate=true")) {
			try (WsTestClient client = connect(app, ANN.trusting(SERVER))) {
				assertThat(client.nextText()).isEqualTo("open ann ann");
			}
			refused(app, STRANGER.trusting(SERVER));
			refused(app, NOBODY);
		}
	}

	@Test
	void areUsersByThemselvesIfTheApplicationKnowsNone() throws Exception {
		try (RunningApp app = app(Jwt.class, "--ws.server.security.client-certificate=true")) {
			try (WsTestClient client = connect(app, STRANGER.trusting(SERVER))) {
				assertThat(client.nextText()).isEqualTo("open stranger stranger");
			}
			try (WsTestClient client = WsTestClient.builder()
				.tls(STRANGER.trusting(SERVER))
				.header("Authorization", "Bearer " + Tokens.valid())
				.connect(app.port(), "/whoami")) {
				assertThat(client.nextText()).isEqualTo("open ann ann");
			}
			refused(app, NOBODY);
		}
	}

	@Test
	void doNotReplaceATokenUnlessEnabled() throws Exception {
		try (RunningApp app = app(Jwt.class)) {
			refused(app, ANN.trusting(SERVER));
		}
	}

}
