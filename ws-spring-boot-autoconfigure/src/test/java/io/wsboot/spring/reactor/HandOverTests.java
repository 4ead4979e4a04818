package io.wsboot.spring.reactor;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.wsboot.CloseStatus;
import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.WsServerBuilder;
import io.wsboot.server.spi.SessionStats;
import io.wsboot.spring.reactor.NettyApp.Transport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.wsboot.spring.reactor.FrameClient.frame;
import static io.wsboot.spring.reactor.FrameClient.get;
import static io.wsboot.spring.reactor.FrameClient.request;
import static io.wsboot.spring.reactor.FrameClient.text;
import static org.assertj.core.api.Assertions.assertThat;

/** Connections that Reactor Netty hands over behind the 101. */
class HandOverTests {

	private final Echo echo = new Echo();

	private final Consumer<WsServerBuilder> endpoints = (server) -> server
		.handler("/echo", this.echo, EndpointOptions.DEFAULTS.withExecution(Execution.EVENT_LOOP))
		.handler("/worker/{name}", this.echo);

	@ParameterizedTest
	@EnumSource
	void areServedLikeOwnConnections(Transport transport) throws Exception {
		try (NettyApp app = NettyApp.start(transport, this.endpoints); FrameClient client = app.client()) {
			String head = client.send(request("/worker/a%20b?c=d")).head();
			assertThat(head).startsWith("HTTP/1.1 101 ")
				.containsIgnoringCase("upgrade: websocket\r\n")
				.containsIgnoringCase("connection: upgrade\r\n")
				.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
				.doesNotContainIgnoringCase("content-length")
				.doesNotContainIgnoringCase("transfer-encoding");
			WsSession session = this.echo.opened();
			assertThat(SessionStats.of(session).carrier()).isEqualTo(transport.carrier());
			assertThat(session.handshake().pathVariables()).containsEntry("name", "a b");
			assertThat(session.handshake().query()).isEqualTo("c=d");
			assertThat(session.handshake().headers().first("upgrade")).hasValue("websocket");
			assertThat(session.handshake().remoteAddress().getPort()).isEqualTo(client.socket.getLocalPort());
			client.send(text("hello"));
			assertThat(client.readText()).isEqualTo("hello");
			byte[] big = new byte[60_000];
			client.send(frame(0x82, big));
			assertThat(client.read(0x82)).isEqualTo(big);
			client.closeInOrder();
			assertThat(this.echo.closed()).isEqualTo(1000);
			app.expectNothingLeft();
		}
	}

	@ParameterizedTest
	@EnumSource
	void framesInThePacketOfTheRequestAreTheFirst(Transport transport) throws Exception {
		try (NettyApp app = NettyApp.start(transport, this.endpoints); FrameClient client = app.client()) {
			client.send(request("/echo"), text("one"), text("two"));
			client.send(text("three"));
			assertThat(client.head()).startsWith("HTTP/1.1 101 ");
			assertThat(client.readText()).isEqualTo("one");
			assertThat(client.readText()).isEqualTo("two");
			assertThat(client.readText()).isEqualTo("three");
			client.closeInOrder();
			app.expectNothingLeft();
		}
	}

	@ParameterizedTest
	@EnumSource
	void keepAliveRequestsComeBeforeAndBeside(Transport transport) throws Exception {
		try (NettyApp app = NettyApp.start(transport, this.endpoints);
				FrameClient client = app.client();
				FrameClient beside = app.client()) {
			assertThat(client.send(get("/http")).response()).endsWith("a page");
			assertThat(client.send(get("/http/x")).response()).endsWith("a page");
			client.open("/echo").send(text("hello"));
			assertThat(client.readText()).isEqualTo("hello");
			for (int i = 0; i < 20; i++) {
				assertThat(beside.send(get("/http")).response()).endsWith("a page");
				client.send(text("still here"));
				assertThat(client.readText()).isEqualTo("still here");
			}
			client.closeInOrder();
			beside.socket.close();
			app.expectNothingLeft();
		}
	}

	@ParameterizedTest
	@EnumSource
	void pipelinedRequestsAreAnsweredFirst(Transport transport) throws Exception {
		try (NettyApp app = NettyApp.start(transport, this.endpoints); FrameClient client = app.client()) {
			client.send(get("/http"), get("/http"), request("/echo"), text("hello"));
			assertThat(client.response()).endsWith("a page");
			assertThat(client.response()).endsWith("a page");
			assertThat(client.head()).startsWith("HTTP/1.1 101 ");
			assertThat(client.readText()).isEqualTo("hello");
			client.closeInOrder();
			app.expectNothingLeft();
		}
	}

	@ParameterizedTest
	@EnumSource
	void refusalsEndTheConnection(Transport transport) throws Exception {
		try (NettyApp app = NettyApp.start(transport, this.endpoints)) {
			List<byte[]> requests = new ArrayList<>();
			requests.add(request("/elsewhere"));
			requests.add(request("/echo", "Origin: http://elsewhere.example"));
			requests.add(get("/echo"));
			String[] answers = { "404 Not Found", "403 Forbidden", "426 Upgrade Required" };
			for (int i = 0; i < answers.length; i++) {
				try (FrameClient client = app.client()) {
					String response = client.send(requests.get(i), get("/http")).response();
					assertThat(response).startsWith("HTTP/1.1 " + answers[i] + "\r\n").endsWith(answers[i] + "\n");
					assertThat(client.in.read()).isEqualTo(-1);
				}
			}
			app.expectNothingLeft();
		}
	}

	@ParameterizedTest
	@EnumSource
	void connectionsComeAndGoByHundreds(Transport transport) throws Exception {
		try (NettyApp app = NettyApp.start(transport, this.endpoints)) {
			for (int round = 0; round < 5; round++) {
				List<FrameClient> clients = new ArrayList<>();
				for (int i = 0; i < 100; i++) {
					clients.add(app.client().open("/echo"));
				}
				for (int i = 0; i < clients.size(); i++) {
					FrameClient client = clients.get(i);
					switch (i % 3) {
						case 0 -> client.closeInOrder();
						case 1 -> client.close();
						default -> client.send(text("lost")).reset();
					}
				}
			}
			app.expectNothingLeft();
		}
	}

	@ParameterizedTest
	@EnumSource
	void resetsInEveryMomentLeaveNothing(Transport transport) throws Exception {
		try (NettyApp app = NettyApp.start(transport, this.endpoints)) {
			byte[] all = FrameClient.joined(request("/echo"), text("hello"), text("again"));
			for (int length = 0; length <= all.length; length += 7) {
				FrameClient client = app.client();
				client.send(Arrays.copyOf(all, length)).reset();
			}
			app.expectNothingLeft();
		}
	}

	/** Echoes, and remembers. */
	static final class Echo implements WsHandler {

		private final BlockingQueue<WsSession> opened = new LinkedBlockingQueue<>();

		private final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();

		@Override
		public void onOpen(WsSession session) {
			this.opened.add(session);
		}

		@Override
		public void onText(WsSession session, String text) {
			session.send(text);
		}

		@Override
		public void onBinary(WsSession session, ByteBuffer payload) {
			session.send(payload);
		}

		@Override
		public void onClose(WsSession session, CloseStatus status) {
			this.closed.add(status.code());
		}

		WsSession opened() throws InterruptedException {
			WsSession session = this.opened.poll(20, TimeUnit.SECONDS);
			assertThat(session).isNotNull();
			return session;
		}

		int closed() throws InterruptedException {
			return this.closed.poll(20, TimeUnit.SECONDS);
		}

	}

}
