package io.wsboot.server;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * How connections inside TLS end. That close_notify comes before the end (RFC 8446 §6.1)
 * is something that the client insists on.
 */
@Timeout(60)
class TlsClosingTest {

	private final RecordingHandler handler = new RecordingHandler();

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void closeNotifyComesBehindTheCloseFrame(Wire wire) {
		try (RunningServer server = wire.start(this.handler)) {
			RawClient client = server.open("/");
			this.handler.expectOpen().close(CloseStatus.of(4000));
			client.expectClose(4000);
			client.sendClose(4000);
			client.expectEof();
			this.handler.expect("close 4000");
		}
	}

	/** Our half has ended, but not the connection. */
	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void afterItThePeerMayTakeItsTime(Wire wire) {
		try (RunningServer server = wire.start(this.handler)) {
			TlsClient tls = wire.client(server).shakeHands();
			RawClient client = tls.raw().handshake("/");
			this.handler.expectOpen();
			client.sendClose(1000);
			client.expectClose(1000);
			client.expectEof();
			this.handler.expect("close 1000");
			tls.send(new byte[100_000]); // no records even
			server.settle();
			assertThat(server.server.sockets()).isOne();
			tls.plain().halfClose();
			server.expectNothingLeft();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void aPeerThatNeverEndsIsDroppedAtTheCloseTimeout(Wire wire) {
		try (RunningServer server = wire.start(this.handler)) {
			RawClient client = server.open("/");
			this.handler.expectOpen();
			client.sendClose(1000);
			client.expectClose(1000);
			client.expectEof();
			server.advance(Duration.ofSeconds(4));
			assertThat(server.server.sockets()).isOne();
			server.advance(Duration.ofSeconds(2));
			server.expectNothingLeft();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void aCloseForAnErrorCanBeReadThoughInputIsPending(Wire wire) {
		try (RunningServer server = wire.start(this.handler)) {
			RawClient client = server.open("/");
			this.handler.expectOpen();
			client.send(RawClient.join(RawClient.frame(0xF1), RawClient.frame(0x82, new byte[500_000])));
			server.settle();
			client.expectClose(1002);
			client.expectEof();
			this.handler.expect("close 1002");
			client.close();
			server.expectNothingLeft();
		}
	}

	@ParameterizedTest
	@CsvSource({ "TLS_1_2, /", "TLS_1_2, /loop", "TLS_1_3, /", "TLS_1_3, /loop" })
	void closeNotifyWithoutACloseFrameIsAnEndLikeAnyOther(Wire wire, String path) {
		try (RunningServer server = wire.start(this.handler)) {
			TlsClient tls = wire.client(server).shakeHands();
			RawClient client = tls.raw().handshake(path);
			this.handler.expectOpen();
			tls.sendCloseNotify();
			client.expectEof();
			this.handler.expect("close 1006");
			server.expectNothingLeft();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void closeNotifyRightBehindAMessage(Wire wire) {
		try (RunningServer server = wire.start(this.handler)) {
			TlsClient tls = wire.client(server).shakeHands();
			RawClient client = tls.raw().handshake("/");
			this.handler.expectOpen();
			byte[] last = tls.seal(RawClient.textFrame("last"));
			tls.engine().closeOutbound();
			tls.send(RawClient.join(last, tls.seal(new byte[0])));
			this.handler.expect("text last");
			client.expectEof();
			this.handler.expect("close 1006");
			server.expectNothingLeft();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void aCloseFrameAndCloseNotifyAtOnce(Wire wire) {
		try (RunningServer server = wire.start(this.handler)) {
			TlsClient tls = wire.client(server).shakeHands();
			RawClient client = tls.raw().handshake("/");
			this.handler.expectOpen();
			byte[] last = tls.seal(RawClient.closeFrame(1000));
			tls.engine().closeOutbound();
			tls.send(RawClient.join(last, tls.seal(new byte[0])));
			if (wire == Wire.TLS_1_3) { // in 1.2 both halves end at once
				client.expectClose(1000);
			}
			this.handler.expect("close 1000");
			tls.plain().halfClose();
			server.expectNothingLeft();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void anEndWithoutCloseNotify(Wire wire) {
		try (RunningServer server = wire.start(this.handler)) {
			TlsClient tls = wire.client(server).shakeHands();
			tls.raw().handshake("/");
			this.handler.expectOpen();
			tls.plain().halfClose();
			this.handler.expect("close 1006");
			server.expectNothingLeft();
		}
	}

	@ParameterizedTest
	@CsvSource({ "TLS_1_2, EOF", "TLS_1_2, RST", "TLS_1_3, EOF", "TLS_1_3, RST" })
	void atAnyByte(Wire wire, String end) {
		byte[] script = RawClient.join(RawClient.head("/").getBytes(StandardCharsets.ISO_8859_1),
				RawClient.textFrame("one"), RawClient.textFrame("x".repeat(300)));
		try (RunningServer server = wire.start(new RunningServer.Echo()); RawClient canary = server.open("/echo")) {
			boolean all = false;
			for (int stop = 0; !all; stop += 5) {
				TlsClient tls = wire.client(server);
				RawClient plain = tls.plain();
				all = isSent(tls, script, stop);
				if (end.equals("RST")) {
					plain.reset();
				}
				else {
					plain.halfClose();
					plain.expectEndOfWhatever();
					plain.close();
				}
			}
			canary.expectEcho("still here");
			canary.closeInOrder();
			server.expectNothingLeft();
		}
	}

	/** Sends a script, handshake included, up to a byte; whether that was the last. */
	private static boolean isSent(TlsClient tls, byte[] script, int stop) {
		AtomicInteger left = new AtomicInteger(stop);
		TlsClient.Cutting upTo = (out, bytes) -> {
			out.write(bytes, 0, Math.min(bytes.length, left.get()));
			if (left.addAndGet(-bytes.length) < 0) {
				throw new EOFException("far enough");
			}
		};
		try {
			tls.send(tls.shakeHands(upTo), upTo);
			tls.send(tls.seal(script), upTo);
			return true;
		}
		catch (UncheckedIOException ex) {
			assertThat(ex).hasRootCauseInstanceOf(EOFException.class);
			return false;
		}
	}

	@ParameterizedTest
	@EnumSource(names = "TLS_1_2")
	void renegotiationIsRefused(Wire wire) {
		try (RunningServer server = wire.start(this.handler)) {
			TlsClient tls = wire.client(server).shakeHands();
			RawClient client = tls.raw().handshake("/");
			WsSession session = this.handler.expectOpen();
			tls.send(tls.startAgain());
			assertThatThrownBy(() -> client.readBytes(1)).isInstanceOf(UncheckedIOException.class);
			this.handler.expect("close 1006");
			session.send("to nobody");
			server.expectNothingLeft();
		}
	}

	@ParameterizedTest
	@EnumSource(names = "TLS_1_3")
	void keysMayChange(Wire wire) {
		try (RunningServer server = wire.start(this.handler)) {
			TlsClient tls = wire.client(server).shakeHands();
			RawClient client = tls.raw().handshake("/echo");
			for (int i = 0; i < 100; i++) {
				tls.send(RawClient.join(tls.startAgain(), tls.seal(RawClient.textFrame("update " + i))));
				assertThat(client.readText()).isEqualTo("update " + i);
			}
			client.closeInOrder();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void aServerThatStopsSaysSo(Wire wire) {
		RunningServer server = wire.start(this.handler);
		RawClient client = server.open("/");
		this.handler.expectOpen();
		var stopped = server.server.stop().toCompletableFuture();
		client.expectClose(1001);
		client.sendClose(1001);
		client.expectEof();
		client.close();
		stopped.join();
		this.handler.expect("close 1001");
		server.close();
	}

}
