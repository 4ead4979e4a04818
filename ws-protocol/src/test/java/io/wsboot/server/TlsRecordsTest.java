package io.wsboot.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.OverflowPolicy;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said does not depend on how it is cut into records, and those into packets.
 */
@Timeout(60)
class TlsRecordsTest {

	private static final int MIB = 1 << 20;

	private static RunningServer start(Wire wire) {
		return wire.start(new RecordingHandler(),
				(options) -> options.maxFrameSize(2 * MIB)
					.maxMessageSize(2 * MIB)
					.outbound(new OutboundOptions(64 * MIB, MIB, OverflowPolicy.CLOSE,
							OutboundOptions.DEFAULTS.stallTimeout())),
				(builder) -> builder.handler("/echo/worker", new RunningServer.Echo()));
	}

	private static byte[] bytes(String latin1) {
		return latin1.getBytes(StandardCharsets.ISO_8859_1);
	}

	/** One byte after the other, each of which the server has read before the next. */
	private static TlsClient.Cutting byteByByte(RunningServer server) {
		return (out, bytes) -> {
			for (byte each : bytes) {
				out.write(each);
				server.pass();
			}
		};
	}

	@ParameterizedTest
	@CsvSource({ "TLS_1_2, /echo", "TLS_1_2, /echo/worker", "TLS_1_3, /echo", "TLS_1_3, /echo/worker" })
	void anEcho(Wire wire, String path) throws Exception {
		try (RunningServer server = start(wire)) {
			RawClient client = server.open(path);
			client.expectEcho("");
			client.expectEcho("text ä 🎈");
			byte[] big = new byte[MIB];
			new Random(1).nextBytes(big);
			for (int size : new int[] { 0, 1, 125, 126, 16_383, 16_384, 16_385, 65_535, 65_536, MIB }) {
				byte[] payload = Arrays.copyOf(big, size);
				Thread sender = new Thread(() -> client.sendBinary(payload)); // we read
																				// meanwhile
				sender.start();
				byte[] echo = new byte[0];
				RawClient.Frame frame;
				do {
					frame = client.readFrame();
					echo = RawClient.join(echo, frame.payload());
				}
				while (!frame.fin());
				sender.join();
				assertThat(echo).isEqualTo(payload);
			}
			client.closeInOrder();
		}
	}

	@ParameterizedTest
	@CsvSource({ "TLS_1_2, /echo", "TLS_1_2, /echo/worker", "TLS_1_3, /echo", "TLS_1_3, /echo/worker" })
	void manyMessagesAtOnce(Wire wire, String path) throws Exception {
		int messages = 5000;
		try (RunningServer server = start(wire)) {
			RawClient client = server.open(path);
			byte[][] frames = new byte[messages][];
			for (int i = 0; i < messages; i++) {
				frames[i] = RawClient.textFrame("message " + i + " " + "x".repeat(i % 100));
			}
			Thread sender = new Thread(() -> client.send(frames));
			sender.start();
			for (int i = 0; i < messages; i++) {
				assertThat(client.readText()).startsWith("message " + i + " ").endsWith("x".repeat(i % 100));
			}
			sender.join();
			client.closeInOrder();
			server.expectNothingLeft();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void aRecordForEachByte(Wire wire) {
		try (RunningServer server = start(wire)) {
			TlsClient tls = wire.client(server).shakeHands();
			RawClient client = tls.raw();
			byte[] script = RawClient.join(bytes(RawClient.head("/echo")), RawClient.textFrame("x".repeat(5000)),
					RawClient.textFrame("two"));
			tls.send(tls.sealEachByte(script));
			client.expectSwitch();
			assertThat(client.readText()).isEqualTo("x".repeat(5000));
			assertThat(client.readText()).isEqualTo("two");
			client.closeInOrder();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void emptyRecords(Wire wire) {
		try (RunningServer server = start(wire)) {
			TlsClient tls = wire.client(server).shakeHands();
			RawClient client = tls.raw().handshake("/echo");
			byte[] empty = tls.seal(new byte[0]);
			for (int i = 0; i < 1000; i++) {
				empty = RawClient.join(empty, tls.seal(new byte[0]));
			}
			tls.send(RawClient.join(empty, tls.seal(RawClient.textFrame("after nothing"))));
			assertThat(client.readText()).isEqualTo("after nothing");
			client.closeInOrder();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void aPacketForEachByte(Wire wire) {
		try (RunningServer server = start(wire)) {
			TlsClient tls = wire.client(server);
			tls.send(tls.shakeHands(byteByByte(server)), byteByByte(server));
			RawClient client = tls.raw();
			tls.send(tls.seal(bytes(RawClient.head("/echo"))), byteByByte(server));
			client.expectSwitch();
			byte[] frames = RawClient.join(tls.seal(RawClient.textFrame("one")), tls.seal(RawClient.textFrame("two")));
			tls.send(frames, byteByByte(server));
			assertThat(client.readText()).isEqualTo("one");
			assertThat(client.readText()).isEqualTo("two");
			client.closeInOrder();
			server.expectNothingLeft();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void aPacketThatEndsAnywhereInTwoRecords(Wire wire) throws IOException {
		try (RunningServer server = start(wire)) {
			TlsClient tls = wire.client(server).shakeHands();
			RawClient client = tls.raw().handshake("/echo");
			int length = 1;
			for (int cut = 1; cut < length; cut++) {
				byte[] records = RawClient.join(tls.seal(RawClient.textFrame("one " + cut)),
						tls.seal(RawClient.textFrame("two " + cut)));
				length = records.length;
				tls.send(records, cutAt(cut, server));
				assertThat(client.readText()).isEqualTo("one " + cut);
				assertThat(client.readText()).isEqualTo("two " + cut);
			}
			client.closeInOrder();
		}
	}

	private static TlsClient.Cutting cutAt(int cut, RunningServer server) {
		return (OutputStream out, byte[] bytes) -> {
			out.write(bytes, 0, cut);
			server.pass();
			out.write(bytes, cut, bytes.length - cut);
		};
	}

	/** The client need not wait before it speaks. */
	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void aRequestAndFramesInOnePacketWithTheEndOfTheHandshake(Wire wire) {
		try (RunningServer server = start(wire)) {
			TlsClient tls = wire.client(server);
			byte[] last = tls.shakeHands(OutputStream::write);
			tls.send(RawClient.join(last, tls.seal(bytes(RawClient.head("/echo"))),
					tls.seal(RawClient.textFrame("first")), tls.seal(RawClient.textFrame("second"))));
			RawClient client = tls.raw();
			client.expectSwitch();
			assertThat(client.readText()).isEqualTo("first");
			assertThat(client.readText()).isEqualTo("second");
			client.closeInOrder();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void aBrokenRecordIsAnsweredWithAnAlert(Wire wire) {
		RecordingHandler handler = new RecordingHandler();
		try (RunningServer server = wire.start(handler)) {
			TlsClient tls = wire.client(server).shakeHands();
			RawClient client = tls.raw().handshake("/");
			handler.expectOpen();
			byte[] record = tls.seal(RawClient.textFrame("x"));
			record[record.length - 1] ^= 1;
			tls.send(record);
			assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> client.readBytes(1)))
				.hasRootCauseInstanceOf(javax.net.ssl.SSLException.class)
				.hasStackTraceContaining("bad_record_mac");
			handler.expect("close 1006");
			server.expectNothingLeft();
		}
	}

}
