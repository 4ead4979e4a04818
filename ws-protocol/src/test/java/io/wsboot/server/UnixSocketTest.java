package io.wsboot.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;

import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.config.AdmissionOptions;
import io.wsboot.server.config.InvalidOptionException;
import io.wsboot.server.config.ListenAddress;
import io.wsboot.server.config.ProxyOptions;
import io.wsboot.server.config.TlsOptions;
import io.wsboot.server.config.WsServerOptionsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A server that listens on a file.
 */
@DisabledOnOs(OS.WINDOWS)
class UnixSocketTest {

	/** Tells its clients where they are. */
	private static final WsHandler WHO = new WsHandler() {

		@Override
		public void onText(WsSession session, String text) {
			session
				.send(Optional.ofNullable(session.handshake().remoteAddress()).map(Object::toString).orElse("nowhere"));
		}

	};

	@TempDir
	private Path directory;

	private Path file() {
		return this.directory.resolve("ws.sock");
	}

	private RunningServer server(Consumer<WsServerOptionsBuilder> more) {
		return new RunningServer(WHO, (options) -> more.accept(options.address(ListenAddress.of("unix:" + file()))),
				(builder) -> {
				}, (port, buffer) -> connect());
	}

	private RunningServer server() {
		return server((options) -> {
		});
	}

	private RawClient connect() {
		try {
			Socket socket = socket();
			return new RawClient(socket, socket.getInputStream(), socket.getOutputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What clients need of a socket. */
	private Socket socket() throws IOException {
		SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(file()));
		return new Socket() {

			@Override
			public InputStream getInputStream() {
				return Channels.newInputStream(channel);
			}

			@Override
			public OutputStream getOutputStream() {
				return Channels.newOutputStream(channel);
			}

			@Override
			public synchronized void close() throws IOException {
				channel.close();
			}

		};
	}

	private static String who(RawClient client) {
		client.sendText("?");
		return client.readText();
	}

	@Test
	void servesSessionsAndIsGoneAfterwards() {
		try (RunningServer server = server()) {
			assertThat(server.port()).isEqualTo(-1);
			assertThat(Files.exists(file())).isTrue();
			RawClient client = server.open("/echo");
			client.expectEcho("x".repeat(60_000));
			client.closeInOrder();
			assertThat(who(server.open("/"))).isEqualTo("nowhere");
			assertThat(who(server.open("/loop"))).isEqualTo("nowhere");
		}
		assertThat(file()).doesNotExist();
	}

	@Test
	void refusesAndLogsWithoutAnAddress() {
		try (LoggedLines log = new LoggedLines("io.wsboot.server.refusals", Level.FINE);
				RunningServer server = server()) {
			RawClient client = server.connect();
			client.send(RawClient.head("/nowhere"));
			assertThat(client.readResponse().status()).isEqualTo(404);
			assertThat(log.next()).endsWith("path /nowhere, origin -, client -");
		}
	}

	@Test
	void closesItsSessionsWhenItStops() {
		RawClient client;
		try (RunningServer server = server()) {
			client = server.open("/");
			server.server.stop();
			client.expectClose(1001);
			client.close();
		}
		assertThat(file()).doesNotExist();
	}

	@Test
	void hasNoAddressToCountSessionsBy() {
		try (RunningServer server = server((options) -> options.admission(new AdmissionOptions(1, 0, 0)))) {
			server.open("/");
			server.open("/");
			server.open("/").closeInOrder();
		}
	}

	@Test
	void aProxyInFrontIsBelievedIfItIsTrusted() {
		String field = "X-Forwarded-For: 203.0.113.9:51008";
		try (RunningServer server = server()) {
			assertThat(who(server.connect().handshake("/", field))).isEqualTo("nowhere");
		}
		ProxyOptions trusted = new ProxyOptions(List.of("unix"), ProxyOptions.Headers.X_FORWARDED);
		try (RunningServer server = server((options) -> options.admission(new AdmissionOptions(1, 0, 0, trusted)))) {
			assertThat(who(server.connect().handshake("/", field))).isEqualTo("/203.0.113.9:51008");
			RawClient second = server.connect();
			second.send(RawClient.head("/", field));
			assertThat(second.readResponse().status()).isEqualTo(503);
			server.connect().handshake("/", "X-Forwarded-For: 203.0.113.10");
			assertThat(who(server.open("/"))).isEqualTo("nowhere"); // the proxy itself
		}
	}

	@Test
	void takesThePROXYprotocol() {
		ProxyOptions trusted = new ProxyOptions(List.of("unix"), ProxyOptions.Headers.X_FORWARDED, true);
		try (RunningServer server = server((options) -> options.admission(new AdmissionOptions(0, 0, 0, trusted)))) {
			RawClient client = server.connect();
			client.send("PROXY TCP4 203.0.113.9 10.0.0.1 51008 443\r\n" + RawClient.head("/"));
			client.expectSwitch();
			assertThat(who(client)).isEqualTo("/203.0.113.9:51008");
			RawClient without = server.connect();
			without.send(RawClient.head("/"));
			without.expectEnd();
		}
	}

	@Test
	void speaksTls() throws Exception {
		try (RunningServer server = new RunningServer(WHO, (options) -> options.address(ListenAddress.unix(file())),
				(builder) -> builder.tls(Wire.options(TlsOptions.ClientAuth.NONE)), (port, buffer) -> connect())) {
			TlsClient client = TlsClient.over(socket(),
					Wire.TLS_1_3.engine(TestCertificate.onlyTrusting(Wire.CERTIFICATE)));
			assertThat(who(client.shakeHands().raw().handshake("/"))).isEqualTo("nowhere");
			assertThat(server.server.isSecure()).isTrue();
		}
	}

	@Test
	void replacesAFileThatACrashHasLeft() throws IOException {
		try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			dead.bind(UnixDomainSocketAddress.of(file()));
		}
		assertThat(file()).exists(); // closing does not delete it
		try (RunningServer server = server()) {
			server.open("/echo").expectEcho("a");
		}
	}

	@Test
	void doesNotReplaceOneThatIsListenedOn() throws IOException {
		try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			other.bind(UnixDomainSocketAddress.of(file()), 1);
			for (int i = 0; i < 5; i++) { // also when its backlog is full
				expectRefusal("another program listens on it");
			}
			assertThat(file()).exists();
		}
	}

	@Test
	void doesNotReplaceAnythingElse() throws IOException {
		Files.writeString(file(), "precious");
		expectRefusal("the file is there already and is no socket");
		assertThat(file()).hasContent("precious");
		Files.delete(file());
		Files.createDirectory(file());
		expectRefusal("the file is there already and is no socket");
		Files.delete(file());
		Files.createSymbolicLink(file(), this.directory.resolve("elsewhere"));
		expectRefusal("the file is there already and is no socket");
		assertThat(Files.isSymbolicLink(file())).isTrue();
	}

	private void expectRefusal(String reason) {
		assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(this::server)
			.withMessage("address is unix:" + file() + " but the server cannot listen there: " + reason);
	}

	@Test
	void leavesAFileAloneThatAnotherServerHasPutInItsPlace() throws IOException {
		RunningServer first = server();
		Files.delete(file());
		try (RunningServer second = server()) {
			first.close();
			second.open("/echo").expectEcho("a");
		}
	}

	@Test
	void startsAgain() {
		for (int i = 0; i < 3; i++) {
			try (RunningServer server = server()) {
				server.open("/echo").expectEcho("a");
			}
		}
	}

	@Test
	void hasThePermissionsThatItIsGiven() throws IOException {
		for (String permissions : List.of("rw-rw----", "rw-------", "rwxrwxrwx")) {
			try (RunningServer server = server(
					(options) -> options.address(ListenAddress.unix(file()).withPermissions(permissions)))) {
				server.open("/echo").expectEcho("a");
				assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo(permissions);
			}
		}
	}

	@Test
	void needsADirectoryAndAPathThatIsShort() {
		for (String path : List.of("none/ws.sock", "x".repeat(150))) {
			Path file = this.directory.resolve(path);
			assertThatExceptionOfType(InvalidOptionException.class)
				.isThrownBy(() -> server((options) -> options.address(ListenAddress.unix(file))))
				.withMessageStartingWith("address is unix:" + file + " but the server cannot listen there: ");
		}
		assertThat(this.directory).isEmptyDirectory();
	}

	@ParameterizedTest
	@ValueSource(strings = { "unix:", "no such host", "unix:a\0b" })
	void otherTextIsNoAddress(String text) {
		assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(() -> ListenAddress.of(text))
			.withMessageStartingWith("address is " + text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "660", "rw-rw---", "rwzrwzrwz" })
	void otherTextIsNoPermission(String text) {
		assertThatExceptionOfType(InvalidOptionException.class)
			.isThrownBy(() -> ListenAddress.unix(file()).withPermissions(text))
			.withMessageStartingWith("unix-permissions is " + text);
	}

	@Test
	void textIsAnAddress() {
		assertThat(ListenAddress.of("unix:/run/app/ws.sock")).isEqualTo(ListenAddress.unix(Path.of("/run/app/ws.sock")))
			.hasToString("unix:/run/app/ws.sock");
		assertThat(ListenAddress.of("127.0.0.1")).hasToString("127.0.0.1");
		assertThat(ListenAddress.ANY).hasToString("any address");
	}

}
