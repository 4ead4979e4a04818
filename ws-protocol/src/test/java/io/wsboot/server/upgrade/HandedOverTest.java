package io.wsboot.server.upgrade;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import io.wsboot.server.RawClient;
import io.wsboot.server.RecordingHandler;
import io.wsboot.server.RunningServer;
import io.wsboot.server.TestCertificate;
import io.wsboot.server.spi.SessionStats;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Connections that another server has accepted and handed over behind the 101. */
@ParameterizedClass
@EnumSource
class HandedOverTest {

	private static final TestCertificate CERTIFICATE = TestCertificate.of("server.test");

	private static final SSLContext CLIENT = TestCertificate.onlyTrusting(CERTIFICATE);

	@Parameter
	private Way way;

	private final RecordingHandler handler = new RecordingHandler();

	private final RunningServer server = new RunningServer(this.handler);

	private @Nullable Host host;

	private boolean stopped;

	@AfterEach
	void nothingIsLeft() {
		try (Host open = this.host; this.server) { // which has to tell of the last ends
			if (open != null && !this.stopped) {
				this.server.expectNothingLeft();
			}
		}
	}

	/** Is open until the end of the test. */
	private Host host(Host.HandOver handOver) {
		Host host = new Host(this.server.server.upgrades(), handOver, engines());
		this.host = host;
		return host;
	}

	private @Nullable Supplier<SSLEngine> engines() {
		SSLContext context = CERTIFICATE.trusting();
		return (this.way != Way.TLS) ? null : () -> {
			SSLEngine engine = context.createSSLEngine();
			engine.setUseClientMode(false);
			return engine;
		};
	}

	private RawClient connect(Host host) throws IOException {
		if (this.way != Way.TLS) {
			return RawClient.connect(host.port());
		}
		SSLSocket socket = (SSLSocket) CLIENT.getSocketFactory()
			.createSocket(RawClient.socket(host.port(), 0), "localhost", host.port(), true);
		socket.startHandshake();
		return RawClient.over(socket);
	}

	@Test
	void areServedLikeOwnConnections() throws IOException {
		try (RawClient client = connect(host(this.way))) {
			client.handshake("/?a=b");
			WsSession session = this.handler.expectOpen();
			assertThat(SessionStats.of(session).carrier()).isEqualTo(this.way.carrier());
			assertThat(session.handshake().queryParam("a")).hasValue("b");
			assertThat(session.handshake().remoteAddress()).isNotNull();
			client.sendText("hello");
			this.handler.expect("text hello");
			session.send("you");
			assertThat(client.readText()).isEqualTo("you");
			client.closeInOrder();
			this.handler.expect("close 1000");
		}
	}

	/** In TLS: in the same record. */
	@Test
	void framesInThePacketOfTheRequest() throws IOException {
		try (RawClient client = connect(host(this.way))) {
			client.send(RawClient.join(RawClient.head("/echo").getBytes(), RawClient.textFrame("one"),
					RawClient.textFrame("x".repeat(3000)), new byte[] { (byte) 0x81 }));
			assertThat(client.readResponse().status()).isEqualTo(101);
			assertThat(client.readText()).isEqualTo("one");
			assertThat(client.readText()).hasSize(3000);
			client.send(new byte[] { (byte) 0x81, 0, 0, 0, 0, 'y' }); // the rest of the
																		// frame
			assertThat(client.readText()).isEqualTo("y");
			client.closeInOrder();
		}
	}

	/** In TLS: more records than a loop's buffer holds. */
	@Test
	void muchThatTheHostHasReadBefore() throws IOException {
		int count = 200;
		Host.HandOver late = (upgrade, connection, poller) -> {
			connection.readAhead(150_000);
			this.way.accept(upgrade, connection, poller);
		};
		try (RawClient client = connect(host(late))) {
			client.send(RawClient.head("/echo"));
			byte[][] frames = new byte[count][];
			for (int i = 0; i < count; i++) {
				frames[i] = RawClient.textFrame(i + " " + "x".repeat(1000));
			}
			client.send(frames);
			assertThat(client.readResponse().status()).isEqualTo(101);
			for (int i = 0; i < count; i++) {
				assertThat(client.readText()).startsWith(i + " ").hasSizeGreaterThan(1000);
			}
			client.closeInOrder();
		}
	}

	@Test
	void aCloseInThePacketOfTheRequest() throws IOException {
		try (RawClient client = connect(host(this.way))) {
			client.send(RawClient.join(RawClient.head("/").getBytes(),
					new byte[] { (byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xE8 }));
			assertThat(client.readResponse().status()).isEqualTo(101);
			client.expectClose(1000);
			client.expectEof();
			this.handler.expectOpen();
			this.handler.expect("close 1000");
		}
	}

	/** A client that is reset before, during and after the hand-over. */
	@ParameterizedTest
	@ValueSource(strings = { "before the request", "within the request", "behind the request", "before the hand-over",
			"behind the hand-over", "in the session" })
	void aReset(String moment) throws Exception {
		assumeThat(this.way == Way.TLS).as("a reset of the socket beneath").isFalse();
		CountDownLatch answered = new CountDownLatch(1);
		CountDownLatch reset = new CountDownLatch(1);
		AtomicInteger adopted = new AtomicInteger();
		Host.HandOver waiting = (upgrade, connection, poller) -> {
			answered.countDown();
			if (moment.equals("before the hand-over")) {
				await(reset);
			}
			this.way.accept(upgrade, connection, poller);
			adopted.incrementAndGet();
		};
		Host host = host(waiting);
		RawClient client = connect(host);
		String head = RawClient.head("/");
		switch (moment) {
			case "before the request" -> {
			}
			case "within the request" -> client.send(head.substring(0, 30));
			case "behind the request" -> client.send(head);
			case "before the hand-over" -> {
				client.send(head);
				await(answered);
			}
			case "behind the hand-over" -> client.handshake("/");
			default -> {
				client.handshake("/");
				this.handler.expectOpen();
			}
		}
		client.reset();
		reset.countDown();
		if (moment.equals("in the session")) {
			this.handler.expect("close 1006");
		}
		else if (moment.contains("hand-over")) {
			Awaitility.await().until(() -> adopted.get() == 1);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void silence() throws IOException {
		try (RawClient client = connect(host(this.way))) {
			client.handshake("/");
			this.handler.expectOpen();
			this.server.elapse(Duration.ofSeconds(26));
			assertThat(client.readFrame().opcode()).as("a Ping").isEqualTo(9);
			this.server.elapse(Duration.ofSeconds(21));
			this.handler.expect("close 1006");
		}
	}

	@Test
	void aCloseThatNobodyAnswers() throws IOException {
		try (RawClient client = connect(host(this.way))) {
			client.handshake("/");
			this.handler.expectOpen().close(CloseStatus.NORMAL);
			assertThat(client.readFrame().closeCode()).isEqualTo(1000);
			this.server.pass();
			this.server.elapse(Duration.ofSeconds(6));
			this.handler.expect("close 1000");
		}
	}

	@Test
	void manyAtOnce() throws Exception {
		Host host = host(this.way);
		Thread[] threads = new Thread[8];
		AtomicInteger served = new AtomicInteger();
		for (int i = 0; i < threads.length; i++) {
			threads[i] = new Thread(() -> {
				for (int n = 0; n < 12; n++) {
					try (RawClient client = connect(host)) {
						client.handshake("/echo");
						client.expectEcho("message " + n);
						client.closeInOrder();
						served.incrementAndGet();
					}
					catch (IOException ex) {
						throw new IllegalStateException(ex);
					}
				}
			});
			threads[i].start();
		}
		for (Thread thread : threads) {
			thread.join(60_000);
		}
		assertThat(served).hasValue(96);
	}

	@Test
	void aStopSaysSo() throws Exception {
		Host host = host(this.way);
		RawClient client = connect(host);
		client.handshake("/");
		this.handler.expectOpen();
		this.stopped = true;
		var stopped = this.server.server.stop().toCompletableFuture();
		client.expectClose(1001);
		client.sendClose(1001);
		client.expectEof();
		client.close();
		stopped.get(10, TimeUnit.SECONDS);
		this.handler.expect("close 1001");
		assertThat(this.server.sockets()).isZero();
	}

}
