package io.wsboot.spring.autoconfigure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.wsboot.CloseStatus;
import io.wsboot.Execution;
import io.wsboot.IncompleteMessageException;
import io.wsboot.WsSession;
import io.wsboot.spring.annotation.OnClose;
import io.wsboot.spring.annotation.OnError;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.PathParam;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Methods that take messages before they are whole. */
class StreamedMessageTests {

	private static final int MEGABYTE = 1 << 20;

	private static RunningApp start(String... arguments) {
		return RunningApp.start(List.of(Upload.class, Lines.class, Parts.class), arguments);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void anInputStreamIsReadWhileTheMessageArrives(boolean virtual) throws Exception {
		try (RunningApp app = start("--spring.threads.virtual.enabled=" + virtual);
				WsTestClient client = WsTestClient.connect(app.port(), "/uploads/a")) {
			byte[] bytes = new byte[MEGABYTE];
			for (int i = 0; i < 3; i++) {
				client.sendPart(bytes, false);
			}
			bytes[7] = 1;
			client.send(bytes);
			assertThat(client.nextText()).isEqualTo("a: 4194304 bytes, sum 1");
			assertThat(client.send("one\ntwo").nextText()).isEqualTo("one");
			assertThat(client.send("three").nextText()).isEqualTo("three");
			assertThat(client.close(new CloseStatus(1000, "")).code()).isEqualTo(1000);
			assertThat(Upload.events.poll(10, TimeUnit.SECONDS)).isEqualTo("closed 1000");
		}
	}

	@Test
	void eachMethodHasItsBound() throws Exception {
		try (RunningApp app = start("--uploads.max=2MB", "--ws.server.max-message-size=20000",
				"--ws.server.max-frame-size=10000")) {
			try (WsTestClient client = WsTestClient.connect(app.port(), "/uploads/a")) {
				assertThat(client.send(new byte[2 * MEGABYTE]).nextText()).isEqualTo("a: 2097152 bytes, sum 0");
				client.send(new byte[2 * MEGABYTE + 1]);
				assertThat(client.closeStatus().code()).isEqualTo(1009);
			}
			assertThat(Upload.events.poll(10, TimeUnit.SECONDS)).startsWith("closed 1009");
			try (WsTestClient client = WsTestClient.connect(app.port(), "/lines")) {
				assertThat(client.send("x".repeat(20_000)).nextText()).isEqualTo("20000");
				client.send("x".repeat(20_001));
				assertThat(client.closeStatus().code()).isEqualTo(1009);
			}
		}
	}

	@Test
	void partsComeAsTheyArrive() throws Exception {
		try (RunningApp app = start(); WsTestClient client = WsTestClient.connect(app.port(), "/parts")) {
			client.sendPart("gr\u00FC", false);
			assertThat(client.nextText()).isEqualTo("gr\u00FC false");
			assertThat(client.send("n").nextText()).isEqualTo("n true");
			client.sendPart(new byte[] { 1, 2 }, false);
			assertThat(client.nextBinary()).containsExactly(1, 2);
			assertThat(client.send(new byte[] { 3 }).nextBinary()).containsExactly(3, -1);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aMethodThatReadsDoesNotOutliveTheServer(boolean virtual) throws Exception {
		WsTestClient client;
		try (RunningApp app = start("--spring.threads.virtual.enabled=" + virtual)) {
			client = WsTestClient.connect(app.port(), "/uploads/b");
			client.sendPart(new byte[1], false);
			assertThat(Upload.reading.poll(10, TimeUnit.SECONDS)).isEqualTo("b");
		}
		assertThat(client.closeStatus().code()).isEqualTo(1001);
		assertThat(Upload.events.poll(10, TimeUnit.SECONDS)).isEqualTo("broken off 1001");
		assertThat(Upload.events.poll(10, TimeUnit.SECONDS)).startsWith("closed 1001");
		client.close();
	}

	@Test
	void aServerWithoutWorkersDoesNotStart() {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> start("--ws.server.execution=event-loop"))
			.havingRootCause()
			.withMessageContaining("/lines")
			.withMessageContaining("Execution.WORKER");
	}

	@WsEndpoint(path = "/uploads/{name}", execution = Execution.WORKER)
	static class Upload {

		static final BlockingQueue<String> events = new LinkedBlockingQueue<>();

		static final BlockingQueue<String> reading = new LinkedBlockingQueue<>();

		@OnMessage(maxMessageSize = "${uploads.max:16MB}")
		String upload(@PathParam String name, InputStream in, WsSession session) throws IOException {
			long count = 0;
			long sum = 0;
			byte[] bytes = new byte[8192];
			for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
				reading.add(name);
				count += read;
				for (int i = 0; i < read; i++) {
					sum += bytes[i];
				}
			}
			reading.clear();
			assertThat(session.isOpen()).isTrue();
			return name + ": " + count + " bytes, sum " + sum;
		}

		@OnMessage
		String firstLine(Reader text) throws IOException {
			return new BufferedReader(text).readLine();
		}

		@OnError
		void brokenOff(IncompleteMessageException ex) {
			if (ex.closeStatus().code() != 1009) {
				events.add("broken off " + ex.closeStatus().code());
			}
		}

		@OnClose
		void closed(CloseStatus status) {
			events.add("closed " + status);
		}

	}

	@WsEndpoint("/lines")
	static class Lines {

		@OnMessage
		int count(Reader text) throws IOException {
			int count = 0;
			while (text.read() >= 0) {
				count++;
			}
			return count;
		}

	}

	@WsEndpoint("/parts")
	static class Parts {

		@OnMessage
		String part(String part, boolean last) {
			return part + " " + last;
		}

		@OnMessage
		byte[] part(boolean last, byte[] part) {
			return last ? new byte[] { part[0], -1 } : part;
		}

	}

}
