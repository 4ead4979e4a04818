package io.wsboot.server;

import java.io.UncheckedIOException;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509ExtendedKeyManager;

import io.wsboot.WsSession;
import io.wsboot.server.config.HandshakeOptions;
import io.wsboot.server.config.TlsOptions;
import io.wsboot.server.config.TlsOptions.ClientAuth;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.spi.WsServerObserver.ErrorKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What is settled before the first byte of HTTP.
 */
@Timeout(60)
class TlsHandshakeTest {

	private static final TestCertificate USER = TestCertificate.of("ann");

	private final RecordingHandler handler = new RecordingHandler();

	private final BlockingQueue<ErrorKind> errors = new LinkedBlockingQueue<>();

	private final WsServerObserver observer = new WsServerObserver() {

		@Override
		public void error(ErrorKind kind) {
			TlsHandshakeTest.this.errors.add(kind);
		}

	};

	private RunningServer start(Wire wire, TlsOptions tls) {
		return wire.start(this.handler, (options) -> {
		}, (builder) -> builder.tls(tls).observer(this.observer));
	}

	private RunningServer start(Wire wire, SSLContext context) {
		return start(wire, TlsOptions.of(context));
	}

	private void expectError(ErrorKind kind) throws InterruptedException {
		assertThat(this.errors.poll(10, TimeUnit.SECONDS)).isEqualTo(kind);
	}

	private static RawClient open(Wire wire, RunningServer server, SSLContext client) {
		return TlsClient.connect(server.port(), wire.engine(client)).shakeHands().raw().handshake("/");
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void aNeededCertificateNamesThePrincipal(Wire wire) {
		try (RunningServer server = start(wire, Wire.options(ClientAuth.NEED, USER))) {
			RawClient client = open(wire, server, USER.trusting(Wire.CERTIFICATE));
			WsSession session = this.handler.expectOpen();
			assertThat(session.principal()).map(Principal::getName).contains("CN=ann");
			client.closeInOrder();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void withoutANeededCertificateNobodyComesIn(Wire wire) throws Exception {
		try (RunningServer server = start(wire, Wire.options(ClientAuth.NEED, USER))) {
			assertThatThrownBy(() -> open(wire, server, TestCertificate.onlyTrusting(Wire.CERTIFICATE)))
				.hasRootCauseInstanceOf(SSLException.class);
			expectError(ErrorKind.IO);
			this.handler.expectNothing();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void norWithACertificateOfAStranger(Wire wire) throws Exception {
		try (RunningServer server = start(wire, Wire.options(ClientAuth.WANT, USER))) {
			TlsClient client = TlsClient.connect(server.port(), wire.engine(Stranger.context()));
			assertThatThrownBy(() -> client.shakeHands().raw().handshake("/"))
				.hasRootCauseInstanceOf(SSLException.class);
			expectError(ErrorKind.IO);
			this.handler.expectNothing();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void aWantedCertificateMayBeMissing(Wire wire) {
		try (RunningServer server = start(wire, Wire.options(ClientAuth.WANT, USER))) {
			RawClient without = open(wire, server, TestCertificate.onlyTrusting(Wire.CERTIFICATE));
			assertThat(this.handler.expectOpen().principal()).isEmpty();
			without.closeInOrder();
			this.handler.expect("close 1000");
			RawClient with = open(wire, server, USER.trusting(Wire.CERTIFICATE));
			assertThat(this.handler.expectOpen().principal()).map(Principal::getName).contains("CN=ann");
			with.closeInOrder();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void nobodyIsAskedUnlessTheServerWantsTo(Wire wire) {
		try (RunningServer server = start(wire, Wire.options(ClientAuth.NONE, USER))) {
			RawClient client = open(wire, server, USER.trusting(Wire.CERTIFICATE));
			assertThat(this.handler.expectOpen().principal()).isEmpty();
			client.closeInOrder();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void theNameThatTheClientAsksForChoosesTheCertificate(Wire wire) throws Exception {
		TestCertificate other = TestCertificate.of("other.test");
		KeyManager[] byName = { new ByName(Map.of("localhost", Wire.CERTIFICATE, "other.test", other)) };
		try (RunningServer server = start(wire, TestCertificate.context(byName))) {
			for (String name : List.of("localhost", "other.test")) {
				SSLEngine engine = wire.engine(TestCertificate.onlyTrusting(Wire.CERTIFICATE, other));
				SSLParameters parameters = engine.getSSLParameters();
				parameters.setServerNames(List.of(new SNIHostName(name)));
				engine.setSSLParameters(parameters);
				RawClient client = TlsClient.connect(server.port(), engine).shakeHands().raw().handshake("/echo");
				assertThat(engine.getSession().getPeerCertificates())
					.containsExactly((name.equals("localhost") ? Wire.CERTIFICATE : other).certificate());
				client.closeInOrder();
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void http11IsAgreedOnIfItIsOffered(Wire wire) {
		try (RunningServer server = wire.start(this.handler)) {
			TlsClient client = offering(wire, server, "h2", "http/1.1").shakeHands();
			assertThat(client.engine().getApplicationProtocol()).isEqualTo("http/1.1");
			client.raw().handshake("/echo").closeInOrder();
			TlsClient silent = wire.client(server).shakeHands();
			assertThat(silent.engine().getApplicationProtocol()).isEmpty();
			silent.raw().handshake("/echo").closeInOrder();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void whoSpeaksOnlyHttp2IsRefused(Wire wire) {
		try (RunningServer server = wire.start(this.handler)) {
			assertThatThrownBy(() -> offering(wire, server, "h2").shakeHands())
				.hasRootCauseInstanceOf(SSLException.class)
				.hasStackTraceContaining("no_application_protocol");
			server.expectNothingLeft();
		}
	}

	private static TlsClient offering(Wire wire, RunningServer server, String... protocols) {
		TlsClient client = wire.client(server);
		SSLParameters parameters = client.engine().getSSLParameters();
		parameters.setApplicationProtocols(protocols);
		client.engine().setSSLParameters(parameters);
		return client;
	}

	@Test
	void versionsAndCipherSuitesAreThoseOfTheOptions() {
		SSLContext context = Wire.CERTIFICATE.trusting();
		TlsOptions only = new TlsOptions(() -> context, ClientAuth.NONE, List.of("TLSv1.3"),
				List.of("TLS_AES_256_GCM_SHA384"));
		try (RunningServer server = start(Wire.TLS_1_3, only)) {
			TlsClient client = Wire.TLS_1_3.client(server).shakeHands();
			assertThat(client.engine().getSession().getCipherSuite()).isEqualTo("TLS_AES_256_GCM_SHA384");
			client.raw().handshake("/echo").closeInOrder();
			assertThatThrownBy(() -> Wire.TLS_1_2.client(server).shakeHands())
				.hasRootCauseInstanceOf(SSLException.class);
		}
	}

	@Test
	void nonsenseIsToldAtTheStart() {
		SSLContext context = Wire.CERTIFICATE.trusting();
		WsServerBuilder ciphers = WsServer.builder()
			.port(0)
			.tls(new TlsOptions(() -> context, ClientAuth.NONE, List.of(), List.of("ROT_13")));
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(ciphers::start)
			.withMessageContaining("ROT_13");
		WsServerBuilder protocols = WsServer.builder()
			.port(0)
			.tls(new TlsOptions(() -> context, ClientAuth.NONE, List.of("TLSv7"), List.of()));
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(protocols::start)
			.withMessageContaining("TLSv7");
	}

	@Test
	void plainHttpIsDroppedAndCounted() throws Exception {
		try (RunningServer server = start(Wire.TLS_1_3, Wire.CERTIFICATE.trusting())) {
			RawClient client = RawClient.connect(server.port());
			client.send(RawClient.head("/"));
			client.expectEndOfWhatever();
			expectError(ErrorKind.IO);
			server.expectNothingLeft();
		}
	}

	@Test
	void tlsOnAPlainPortIsAMalformedRequest() {
		try (RunningServer server = new RunningServer(this.handler)) {
			TlsClient tls = Wire.TLS_1_3.client(server);
			tls.send(tls.startAgain());
			assertThat(tls.plain().readResponse().status()).isEqualTo(400);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void itsTimeCountsAsTimeOfTheHandshake(Wire wire) throws Exception {
		try (RunningServer server = start(wire, Wire.CERTIFICATE.trusting())) {
			RawClient silent = RawClient.connect(server.port());
			TlsClient half = wire.client(server);
			byte[] hello = half.startAgain();
			half.send(Arrays.copyOf(hello, hello.length / 2));
			TlsClient shaken = wire.client(server).shakeHands();
			server.advance(HandshakeOptions.DEFAULTS.timeout().minus(ManualClock.TICK).minus(ManualClock.TICK));
			assertThat(server.server.sockets()).isEqualTo(3);
			server.advance(ManualClock.TICK.multipliedBy(4));
			silent.expectEnd();
			half.plain().expectEnd();
			shaken.raw().expectEnd();
			server.expectNothingLeft();
			assertThat(this.errors).filteredOn(ErrorKind.TIMEOUT::equals).hasSize(3);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void whatTakesLongDoesNotHoldUpTheLoop(Wire wire) {
		AtomicReference<String> thread = new AtomicReference<>();
		KeyManager[] keys = { new ByName(Map.of("localhost", Wire.CERTIFICATE)) {

			@Override
			public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
				thread.set(Thread.currentThread().getName());
				return super.chooseEngineServerAlias(type, issuers, engine);
			}

		} };
		try (RunningServer server = start(wire, TestCertificate.context(keys))) {
			server.open("/echo").closeInOrder();
			assertThat(thread.get()).startsWith("ws-tls-");
		}
	}

	@Test
	void handlersThatHoldAllTheirThreadsDoNotHoldItUp() {
		try (RunningServer server = Wire.TLS_1_3.start(this.handler, (options) -> {
		}, (builder) -> builder.executor((task) -> {
			// later, perhaps
		}))) {
			server.open("/echo").closeInOrder();
		}
	}

	/** The engine deals with exceptions, but not with errors. */
	@Test
	void aTaskThatFailsCostsTheConnection() throws Exception {
		KeyManager[] keys = { new ByName(Map.of("localhost", Wire.CERTIFICATE)) {

			@Override
			public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
				throw new StackOverflowError("as deep as it gets");
			}

		} };
		try (RunningServer server = Wire.TLS_1_3.start(this.handler, (options) -> {
		}, (builder) -> builder.observer(this.observer).tls(TlsOptions.of(TestCertificate.context(keys))))) {
			assertThatThrownBy(() -> Wire.TLS_1_3.client(server).shakeHands()).isInstanceOf(UncheckedIOException.class);
			expectError(ErrorKind.IO);
			assertThat(server.server.sockets()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void anotherCertificateConcernsNewConnectionsOnly(Wire wire) throws Exception {
		TestCertificate next = TestCertificate.of("next.test");
		AtomicReference<SSLContext> context = new AtomicReference<>(Wire.CERTIFICATE.trusting());
		try (RunningServer server = start(wire, new TlsOptions(context::get, ClientAuth.NONE, List.of(), List.of()))) {
			SSLContext client = TestCertificate.onlyTrusting(Wire.CERTIFICATE, next);
			RawClient before = open(wire, server, client);
			WsSession session = this.handler.expectOpen();
			context.set(next.trusting());
			TlsClient after = TlsClient.connect(server.port(), wire.engine(client)).shakeHands();
			assertThat(after.engine().getSession().getPeerCertificates()).containsExactly(next.certificate());
			after.raw().handshake("/echo").closeInOrder();
			session.send("still here");
			assertThat(before.readText()).isEqualTo("still here");
			before.closeInOrder();
		}
	}

	/** Chooses a certificate by the name that the client asks for. */
	private static class ByName extends X509ExtendedKeyManager {

		private final Map<String, TestCertificate> certificates;

		ByName(Map<String, TestCertificate> certificates) {
			this.certificates = certificates;
		}

		@Override
		public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
			ExtendedSSLSession session = (ExtendedSSLSession) engine.getHandshakeSession();
			return ((SNIHostName) session.getRequestedServerNames().get(0)).getAsciiName();
		}

		@Override
		public X509Certificate[] getCertificateChain(String alias) {
			return new X509Certificate[] { this.certificates.get(alias).certificate() };
		}

		@Override
		public PrivateKey getPrivateKey(String alias) {
			return this.certificates.get(alias).key();
		}

		@Override
		public String[] getServerAliases(String type, Principal[] issuers) {
			return this.certificates.keySet().toArray(new String[0]);
		}

		@Override
		public @Nullable String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
			return null;
		}

		@Override
		public String @Nullable [] getClientAliases(String type, Principal[] issuers) {
			return null;
		}

		@Override
		public @Nullable String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
			return null;
		}

	}

	/** Shows its certificate whoever the server says that it trusts. */
	private static final class Stranger extends ByName {

		private Stranger() {
			super(Map.of("bob", TestCertificate.of("bob")));
		}

		static SSLContext context() {
			return TestCertificate.context(new KeyManager[] { new Stranger() }, Wire.CERTIFICATE);
		}

		@Override
		public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
			return "bob";
		}

	}

}
