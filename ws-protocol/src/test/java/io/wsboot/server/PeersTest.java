package io.wsboot.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.wsboot.CloseStatus;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.config.CompressionOptions;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.config.TlsOptions;
import io.wsboot.server.config.TlsOptions.ClientAuth;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Clients that others have written, against an echo.
 */
@ParameterizedClass
@EnumSource(names = { "PLAIN", "TLS_1_2", "TLS_1_3" })
class PeersTest {

	private static final int BIG = 16 << 20;

	@Parameter
	private Wire wire;

	@TempDir
	private Path directory;

	private static final WsHandler ECHO = new WsHandler() {

		@Override
		public void onText(WsSession session, String text) {
			session.send(text);
		}

		@Override
		public void onBinary(WsSession session, ByteBuffer payload) {
			session.send(payload);
		}

	};

	private static final WsHandler GREETING = new WsHandler() {

		@Override
		public void onOpen(WsSession session) {
			session.send("welcome");
			session.close(CloseStatus.NORMAL);
		}

	};

	private WsServer server;

	@BeforeEach
	void start() {
		WsServerBuilder builder = WsServer.builder();
		if (this.wire != Wire.PLAIN) {
			builder.tls(new TlsOptions(Wire.CERTIFICATE::trusting, ClientAuth.NONE, List.of(this.wire.version()),
					List.of()));
		}
		this.server = builder.port(0)
			.options((options) -> options.address(InetAddress.getLoopbackAddress())
				.maxFrameSize(BIG)
				.maxMessageSize(BIG)
				.outbound(new OutboundOptions(2 * BIG, 64 * 1024, OverflowPolicy.CLOSE, Duration.ofSeconds(30)))
				.compression(new CompressionOptions(true, 6, 0, true)))
			.handler("/", ECHO)
			.handler("/loop", ECHO, RunningServer.ON_LOOP)
			.handler("/greeting", GREETING)
			.start();
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	private String uri(String path) {
		return (this.wire == Wire.PLAIN) ? "ws://127.0.0.1:" + this.server.port() + path
				: "wss://localhost:" + this.server.port() + path;
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/loop" })
	void theJdksClient(String path) throws Exception {
		BlockingQueue<Object> received = new LinkedBlockingQueue<>();
		WebSocket client = HttpClient.newBuilder()
			.sslContext(TestCertificate.onlyTrusting(Wire.CERTIFICATE))
			.build()
			.newWebSocketBuilder()
			.buildAsync(URI.create(uri(path)), new Gathering(received))
			.get(60, TimeUnit.SECONDS);
		client.sendText("text ä 🎈", true).get(60, TimeUnit.SECONDS);
		assertThat(received.poll(60, TimeUnit.SECONDS)).isEqualTo("text ä 🎈");
		client.sendText("in three ", false).get(60, TimeUnit.SECONDS);
		client.sendText("", false).get(60, TimeUnit.SECONDS);
		client.sendText("fragments", true).get(60, TimeUnit.SECONDS);
		assertThat(received.poll(60, TimeUnit.SECONDS)).isEqualTo("in three fragments");
		ByteBuffer big = ByteBuffer.allocate(BIG);
		for (int i = 0; i < big.capacity(); i += 4) {
			big.putInt(i, i * 31);
		}
		client.sendBinary(big.duplicate(), true).get(60, TimeUnit.SECONDS);
		assertThat(received.poll(60, TimeUnit.SECONDS)).isEqualTo(big);
		client.sendPing(ByteBuffer.wrap(new byte[] { 1, 2 })).get(60, TimeUnit.SECONDS);
		assertThat(received.poll(60, TimeUnit.SECONDS)).isEqualTo("pong of 2");
		client.sendClose(4321, "bye").get(60, TimeUnit.SECONDS);
		assertThat(received.poll(60, TimeUnit.SECONDS)).isEqualTo("close 4321");
	}

	private static final class Gathering implements WebSocket.Listener {

		private final BlockingQueue<Object> received;

		private final StringBuilder text = new StringBuilder();

		private ByteBuffer bytes = ByteBuffer.allocate(BIG);

		Gathering(BlockingQueue<Object> received) {
			this.received = received;
		}

		@Override
		public CompletionStage<?> onText(WebSocket client, CharSequence data, boolean last) {
			this.text.append(data);
			if (last) {
				this.received.add(this.text.toString());
				this.text.setLength(0);
			}
			client.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onBinary(WebSocket client, ByteBuffer data, boolean last) {
			this.bytes.put(data);
			if (last) {
				this.received.add(this.bytes.flip());
				this.bytes = ByteBuffer.allocate(BIG);
			}
			client.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onPong(WebSocket client, ByteBuffer data) {
			this.received.add("pong of " + data.remaining());
			client.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onClose(WebSocket client, int code, String reason) {
			this.received.add("close " + code);
			return null;
		}

	}

	@Test
	void nodesWs() throws Exception {
		Path modules = nodeModules();
		require(Files.isDirectory(modules.resolve("ws")), "ws is not installed: run npm ci in .ci/node");
		assertThat(node("/ws-peer.mjs", modules.resolve("ws/wrapper.mjs"))).isEqualTo("""
				text
				fragments
				16 MiB
				pong
				close 4321
				deflate
				16 MiB deflated
				""");
	}

	@Test
	void webSocketNode() throws Exception {
		Path modules = nodeModules();
		require(Files.isDirectory(modules.resolve("websocket")), "websocket is not installed: run npm ci in .ci/node");
		assertThat(node("/websocket-node-peer.mjs", modules.getParent())).isEqualTo("""
				text
				binary
				pong
				close 4321
				""");
	}

	/** Few distributions build it in, so that its absence is no failure anywhere. */
	@Test
	void curl() throws Exception {
		String protocols = isThere("curl") ? run("curl", "--version") : "";
		assumeTrue(protocols.matches("(?s).* wss?\\b.*"), "there is no curl that knows ws");
		assertThat(run("curl", "--silent", "--show-error", "--max-time", "20", uri("/greeting"))).startsWith("welcome");
	}

	/** What a script has said, once it has ended well. */
	private String node(String script, Path packages) throws Exception {
		require(isThere("node"), "there is no node");
		return run("node", Path.of(Objects.requireNonNull(getClass().getResource(script)).toURI()).toString(),
				packages.toString(), uri("/"));
	}

	private String run(String... command) throws Exception {
		Path output = this.directory.resolve("output");
		Path certificate = Files.writeString(this.directory.resolve("server.pem"), Wire.CERTIFICATE.pem());
		ProcessBuilder peer = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
		peer.environment().put("NODE_EXTRA_CA_CERTS", certificate.toString());
		peer.environment().put("CURL_CA_BUNDLE", certificate.toString());
		Process process = peer.start();
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended in time").isTrue();
			String said = Files.readString(output);
			assertThat(process.exitValue()).as(said).isZero();
			return said;
		}
		finally {
			process.destroyForcibly();
		}
	}

	/** Where a peer is missing the test is skipped, but not where all must be there. */
	private static void require(boolean there, String otherwise) {
		if (!there && Boolean.getBoolean("wsboot.require-peers")) {
			fail(otherwise);
		}
		if (!there) {
			System.err.println("A test of PeersTest is skipped: " + otherwise);
		}
		assumeTrue(there, otherwise);
	}

	private static Path nodeModules() {
		Path directory = Path.of("").toAbsolutePath();
		while (!Files.isDirectory(directory.resolve(".mvn"))) {
			directory = Objects.requireNonNull(directory.getParent(), "not in the project's directory");
		}
		return directory.resolve(".ci/node/node_modules");
	}

	private static boolean isThere(String program) throws InterruptedException {
		try {
			return new ProcessBuilder(program, "--version").start().waitFor(60, TimeUnit.SECONDS);
		}
		catch (IOException ex) {
			return false;
		}
	}

}
