package io.wsboot.spring.jetty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import io.wsboot.server.RawClient;
import io.wsboot.server.RecordingHandler;
import io.wsboot.server.TlsClient;
import io.wsboot.spring.jetty.JettyHost.Way;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A connection goes from Jetty to the server behind the 101. */
class HandOverTests {

	private static final String HELLO = "GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n";

	@ParameterizedTest
	@EnumSource
	void aConnectionIsHandedOver(Way way) {
		try (JettyHost host = JettyHost.start(way)) {
			JettyHost.Counts before = host.counts();
			try (RawClient client = host.open("/echo")) {
				client.expectEcho("hello");
				assertThat(host.carrier()).isEqualTo(way.carrier());
				client.closeInOrder();
			}
			host.expectNothingBut(before);
		}
	}

	@ParameterizedTest
	@EnumSource
	void jettyForgetsWhatIsTakenOverAndKeepsWires(Way way) {
		try (JettyHost host = JettyHost.start(way)) {
			JettyHost.Counts before = host.counts();
			try (RawClient client = host.open("/echo")) {
				client.expectEcho("hello");
				host.expect(way.takesOver() ? before : before.and(way.isSecure() ? 2 : 1));
				client.expectEcho("hello again");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void framesInTheSamePacketAsTheRequestAreRead(Way way) {
		RecordingHandler handler = new RecordingHandler();
		try (JettyHost host = new JettyHost.Builder(way).handler(handler).start(); RawClient client = host.client()) {
			client.send(requestAnd(RawClient.textFrame("one"), RawClient.textFrame("two")));
			client.expectSwitch();
			handler.expectOpen();
			handler.expect("text one");
			handler.expect("text two");
			client.sendText("three");
			handler.expect("text three");
			client.closeInOrder();
			handler.expect("close 1000");
		}
	}

	/**
	 * The packet with the request ends within a record: Jetty reads a part of that
	 * record, which the server has to read on from.
	 */
	@ParameterizedTest
	@EnumSource(names = { "TLS_SOCKET", "TLS_WIRE" })
	void recordsMayBeCutAnywhereBehindTheRequest(Way way) {
		RecordingHandler handler = new RecordingHandler();
		try (JettyHost host = new JettyHost.Builder(way).handler(handler).start()) {
			JettyHost.Counts nothing = host.counts();
			TlsClient measured = host.tlsClient();
			measured.shakeHands();
			int length = measured.seal(RawClient.textFrame("four")).length;
			measured.raw().close();
			for (int cut = 1; cut <= length; cut++) {
				TlsClient tls = host.tlsClient().shakeHands();
				byte[] before = RawClient.join(tls.seal(requestAnd(RawClient.textFrame("one"))),
						tls.seal(RawClient.textFrame("two")), tls.seal(RawClient.textFrame("three")));
				byte[] last = tls.seal(RawClient.textFrame("four"));
				tls.send(RawClient.join(before, Arrays.copyOf(last, cut)));
				RawClient client = tls.raw();
				client.expectSwitch();
				handler.expectOpen();
				handler.expect("text one");
				handler.expect("text two");
				handler.expect("text three");
				tls.send(Arrays.copyOfRange(last, cut, length));
				handler.expect("text four");
				client.sendText("five");
				handler.expect("text five");
				client.closeInOrder();
				handler.expect("close 1000");
			}
			host.expectNothingBut(nothing);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aConnectionThatHasBeenKeptAliveIsHandedOver(Way way) {
		try (JettyHost host = JettyHost.start(way); RawClient client = host.client()) {
			for (int i = 0; i < 3; i++) {
				client.send(HELLO);
				assertThat(client.readResponse().body()).isEqualTo("hello");
			}
			client.send(RawClient.join(HELLO.getBytes(StandardCharsets.US_ASCII), requestAnd()));
			assertThat(client.readResponse().body()).isEqualTo("hello");
			client.expectSwitch();
			client.expectEcho("hello");
			client.closeInOrder();
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestsBesideAreAnswered(Way way) {
		try (JettyHost host = JettyHost.start(way); RawClient http = host.client()) {
			for (int i = 0; i < 20; i++) {
				http.send(HELLO);
				try (RawClient client = host.open("/echo")) {
					client.expectEcho("hello");
					assertThat(http.readResponse().body()).isEqualTo("hello");
					client.closeInOrder();
				}
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void aRefusalIsAnAnswerOfJettys(Way way) {
		try (JettyHost host = JettyHost.start(way)) {
			JettyHost.Counts before = host.counts();
			try (RawClient client = host.client()) {
				client.send(RawClient.head("/ws/nowhere"));
				assertThat(client.readResponse().status()).isEqualTo(404);
				client.send(HELLO);
				assertThat(client.readResponse().body()).isEqualTo("hello");
			}
			host.expectNothingBut(before);
		}
	}

	@ParameterizedTest
	@EnumSource
	void bigMessagesPass(Way way) {
		byte[] payload = new byte[JettyHost.MEGABYTES_16];
		new Random(16).nextBytes(payload);
		try (JettyHost host = JettyHost.start(way); RawClient client = host.open("/echo")) {
			client.sendBinary(payload);
			ByteBuffer received = ByteBuffer.allocate(payload.length);
			while (received.hasRemaining()) {
				received.put(client.readFrame().payload()); // perhaps a fragment
			}
			assertThat(received.flip().mismatch(ByteBuffer.wrap(payload))).isEqualTo(-1);
			client.closeInOrder();
		}
	}

	private static byte[] requestAnd(byte[]... frames) {
		return RawClient.join(RawClient.head("/ws/").getBytes(StandardCharsets.US_ASCII), RawClient.join(frames));
	}

}
