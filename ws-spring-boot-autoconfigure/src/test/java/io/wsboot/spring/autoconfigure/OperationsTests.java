package io.wsboot.spring.autoconfigure;

import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import io.wsboot.server.WsServer;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.QueryParam;
import io.wsboot.spring.annotation.WsEndpoint;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** What operators set, and look at. */
@ExtendWith(OutputCaptureExtension.class)
class OperationsTests {

	private static final String PROBE = "GET /healthz HTTP/1.0\r\n\r\n";

	@TempDir
	private Path directory;

	private static RunningApp app(String... arguments) {
		return RunningApp.start(List.of(Echo.class, Numbered.class), arguments);
	}

	@Test
	void refusalsAreLoggedAtDebugLevel(CapturedOutput output) throws Exception {
		try (RunningApp app = app("--logging.level.io.wsboot=DEBUG", "--ws.server.max-connections=1")) {
			refuse(app, "/numbered", 400);
			awaitLine(output,
					"handshake refused with 400 (a parameter of the endpoint's methods is missing or not of its"
							+ " type): path /numbered, origin -, client 127.0.0.1:");
			refuse(app, "/numbered?n=s3cret", 400);
			refuse(app, "/nowhere", 404);
			awaitLine(output,
					"refused with 404 (no endpoint has this path): path /nowhere, origin -, client 127.0.0.1:");
			try (RawClient client = RawClient.connect(app.port(), "/echo")) {
				refuse(app, "/echo", 503);
				awaitLine(output, "refused with 503 (limit: CONNECTIONS): path /echo,");
				client.send(0x82, 300_000);
				assertThat(client.read().closeCode()).isEqualTo(1009);
			}
			awaitLine(output, " of /echo closed with 1009 (");
			assertThat(output.getAll()).contains("DEBUG").doesNotContain("s3cret");
		}
	}

	@Test
	void refusalsAreNotLoggedByDefault(CapturedOutput output) throws Exception {
		try (RunningApp app = app()) {
			refuse(app, "/nowhere", 404);
			refuse(app, "/numbered", 400);
			app.lifecycle().stop();
		}
		assertThat(output.getAll()).doesNotContain("refused");
	}

	private static void refuse(RunningApp app, String path, int status) throws Exception {
		try (RawClient client = RawClient.tcp(app.port())) {
			assertThat(client.handshake(path)).startsWith("HTTP/1.1 " + status + " ").contains("\r\nDate: ");
		}
	}

	private static void awaitLine(CapturedOutput output, String line) {
		Awaitility.await().untilAsserted(() -> assertThat(output.getAll()).contains(line));
	}

	@Test
	void healthPath() throws Exception {
		try (RunningApp app = app("--ws.server.health-path=/healthz")) {
			assertThat(answer(tcp(app.port()), PROBE)).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n200 OK\n");
			WsServer server = app.lifecycle().server();
			assertThat(server).isNotNull();
			server.drain();
			assertThat(answer(tcp(app.port()), PROBE)).startsWith("HTTP/1.1 503 ");
		}
	}

	@Test
	void healthPathMustNotBeAnEndpoints(CapturedOutput output) {
		assertThatException().isThrownBy(() -> app("--ws.server.health-path=/echo"));
		assertThat(output.getAll()).contains(
				"The WebSocket server cannot start: ws.server.health-path is /echo but must not be the path of an endpoint");
	}

	@Test
	void proxyProtocol() throws Exception {
		try (RunningApp app = app("--ws.server.proxy-protocol=true", "--ws.server.trusted-proxies=127.0.0.1",
				"--ws.server.health-path=/healthz")) {
			assertThat(answer(tcp(app.port()), "PROXY TCP4 203.0.113.9 10.0.0.1 51008 443\r\n" + PROBE))
				.startsWith("HTTP/1.1 200 OK\r\n");
			assertThat(answer(tcp(app.port()), PROBE)).isEmpty();
		}
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void unixDomainSocket(CapturedOutput output) throws Exception {
		Path file = this.directory.resolve("ws.sock");
		try (RunningApp app = app("--ws.server.address=unix:" + file, "--ws.server.unix-permissions=rw-rw----",
				"--ws.server.health-path=/healthz")) {
			assertThat(output.getAll()).contains("WebSocket server started on unix:" + file + " with 2 endpoints");
			assertThat(app.context().getEnvironment().containsProperty("local.ws.port")).isFalse();
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-rw----");
			assertThat(answer(SocketChannel.open(UnixDomainSocketAddress.of(file)), PROBE))
				.startsWith("HTTP/1.1 200 OK\r\n");
		}
		assertThat(file).doesNotExist();
		assertThat(output.getAll()).contains("WebSocket server stopped on unix:" + file);
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void unixDomainSocketThatIsTaken(CapturedOutput output) throws Exception {
		Path file = this.directory.resolve("ws.sock");
		try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			other.bind(UnixDomainSocketAddress.of(file));
			assertThatException().isThrownBy(() -> app("--ws.server.address=unix:" + file));
		}
		assertThat(output.getAll()).contains("APPLICATION FAILED TO START", "ws.server.address is unix:" + file
				+ " but the server cannot listen there: another program listens on it.");
	}

	@Test
	void permissionsNeedAUnixDomainSocket(CapturedOutput output) {
		assertThatException().isThrownBy(() -> app("--ws.server.unix-permissions=rw-rw----"));
		assertThat(output.getAll()).contains("APPLICATION FAILED TO START", "ws.server.unix-permissions",
				"It needs a Unix-domain socket as the address");
	}

	@Test
	void addressByName() throws Exception {
		try (RunningApp app = app("--ws.server.address=localhost")) {
			refuse(app, "/nowhere", 404);
		}
	}

	private static SocketChannel tcp(int port) throws Exception {
		return SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
	}

	/** All that comes until the server ends. */
	private static String answer(SocketChannel server, String request) throws Exception {
		try (server) {
			server.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1)));
			return new String(Channels.newInputStream(server).readAllBytes(), StandardCharsets.ISO_8859_1);
		}
		catch (SocketException ex) {
			return ""; // reset
		}
	}

	@WsEndpoint("/echo")
	static class Echo {

		@OnMessage
		String on(String text) {
			return text;
		}

	}

	@WsEndpoint("/numbered")
	static class Numbered {

		@OnMessage
		int on(String text, @QueryParam int n) {
			return n;
		}

	}

}
