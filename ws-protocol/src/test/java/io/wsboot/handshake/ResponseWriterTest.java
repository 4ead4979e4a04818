package io.wsboot.handshake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Refuse;
import io.wsboot.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ResponseWriterTest {

	private static final RequestHead HANDSHAKE = head("GET");

	private static RequestHead head(String method) {
		return new RequestHead(method, "/secret-path", "secret=query", 1, 1,
				Headers.empty().with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==").with("X", "secret header"));
	}

	private static ByteBuffer refuse(Refuse refusal, @Nullable RequestHead head) {
		return ResponseWriter.answer(refusal.status(), refusal.headers(), head, null);
	}

	private static String text(ByteBuffer response) {
		return StandardCharsets.ISO_8859_1.decode(response).toString();
	}

	@Nested
	class Rfc6455Section4_2_2_Accept {

		@Test
		void theExampleOfSection1_3() {
			assertThat(text(ResponseWriter.accept(HANDSHAKE, null, null, Headers.empty())))
				.isEqualTo("HTTP/1.1 101 Switching Protocols\r\n" + "Upgrade: websocket\r\n" + "Connection: Upgrade\r\n"
						+ "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" + "\r\n");
		}

		@Test
		void withEverything() {
			Headers extra = Headers.empty().with("Set-Cookie", "a=1").with("Set-Cookie", "b=\u00E9");
			assertThat(text(ResponseWriter.accept(HANDSHAKE, "chat", new DeflateParameters(false, false, 0), extra)))
				.isEqualTo("HTTP/1.1 101 Switching Protocols\r\n" + "Upgrade: websocket\r\n" + "Connection: Upgrade\r\n"
						+ "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" + "Sec-WebSocket-Protocol: chat\r\n"
						+ "Sec-WebSocket-Extensions: permessage-deflate\r\n" + "Set-Cookie: a=1\r\n"
						+ "Set-Cookie: b=\u00E9\r\n" + "\r\n");
		}

		@ParameterizedTest
		@ValueSource(strings = { "Upgrade", "CONNECTION", "sec-websocket-accept", "Sec-WebSocket-Protocol",
				"Sec-WebSocket-Extensions", "Sec-WebSocket-Version", "Content-Length", "Transfer-Encoding", "Trailer",
				"Keep-Alive" })
		void fieldsThatAreNotTheApplications(String name) {
			Headers extra = Headers.empty().with("X", "1").with(name, "1");
			assertThatIllegalArgumentException().isThrownBy(() -> ResponseWriter.accept(HANDSHAKE, null, null, extra))
				.withMessageContaining(name);
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "a b", "a,b", "a\r\nX: y" })
		void subprotocolsThatAreNoTokens(String name) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> ResponseWriter.accept(HANDSHAKE, name, null, Headers.empty()))
				.withMessageContaining("RFC 6455 §4.1");
		}

	}

	@Nested
	class Refusals {

		@Test
		void notFound() {
			assertThat(text(refuse(HandshakeDecision.refuse(404), HANDSHAKE))).isEqualTo("HTTP/1.1 404 Not Found\r\n"
					+ "Connection: close\r\n" + "Content-Type: text/plain; charset=utf-8\r\n" + "Content-Length: 14\r\n"
					+ "\r\n" + "404 Not Found\n");
		}

		@Test
		void upgradeRequired() {
			assertThat(text(refuse(HandshakeDecision.refuse(426)
				.withHeader("Upgrade", "websocket")
				.withHeader("Sec-WebSocket-Version", "13"), HANDSHAKE)))
				.isEqualTo("HTTP/1.1 426 Upgrade Required\r\n" + "Connection: Upgrade, close\r\n"
						+ "Content-Type: text/plain; charset=utf-8\r\n" + "Content-Length: 21\r\n"
						+ "Upgrade: websocket\r\n" + "Sec-WebSocket-Version: 13\r\n" + "\r\n"
						+ "426 Upgrade Required\n");
		}

		@Test
		void aRequestThatWasNotUnderstood() {
			assertThat(text(refuse(Wire.fault("\n").refusal(), null))).startsWith("HTTP/1.1 400 Bad Request\r\n")
				.endsWith("\r\n\r\n400 Bad Request\n");
		}

		@Test
		void anAnswerToHeadHasTheSameFieldsAndNoContent() {
			String toGet = text(refuse(HandshakeDecision.refuse(404), HANDSHAKE));
			String toHead = text(refuse(HandshakeDecision.refuse(404), head("HEAD")));
			assertThat(toHead).endsWith("\r\n\r\n");
			assertThat(toGet).isEqualTo(toHead + "404 Not Found\n");
		}

		@ParameterizedTest
		@CsvSource({ "400, Bad Request", "401, Unauthorized", "403, Forbidden", "405, Method Not Allowed",
				"408, Request Timeout", "414, URI Too Long", "431, Request Header Fields Too Large",
				"500, Internal Server Error", "503, Service Unavailable", "505, HTTP Version Not Supported",
				"418, Client Error", "499, Client Error", "599, Server Error" })
		void everyStatusHasAPhrase(int status, String phrase) {
			assertThat(text(refuse(HandshakeDecision.refuse(status), HANDSHAKE)))
				.startsWith("HTTP/1.1 " + status + " " + phrase + "\r\n");
		}

		@Test
		void nothingOfTheRequestIsEchoedAndTheLengthIsExact() {
			for (int status = 400; status <= 599; status++) {
				String response = text(refuse(HandshakeDecision.refuse(status), HANDSHAKE));
				int contentStart = response.indexOf("\r\n\r\n") + 4;
				assertThat(response).doesNotContain("secret")
					.contains("Content-Length: " + (response.length() - contentStart) + "\r\n");
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "Connection", "content-length", "Transfer-Encoding", "Content-Type", "Trailer" })
		void fieldsThatAreNotTheApplications(String name) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> refuse(HandshakeDecision.refuse(403).withHeader(name, "1"), HANDSHAKE))
				.withMessageContaining(name);
		}

	}

	@Nested
	class Rfc9110Section6_6_1_Date {

		private static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";

		@Test
		void isThereOnceIfTheTimeIsKnown() {
			for (int status : new int[] { 200, 400, 404, 426, 503 }) {
				String response = text(ResponseWriter.answer(status, Headers.empty(), HANDSHAKE, DATE));
				assertThat(response).containsOnlyOnce("\r\nDate: " + DATE + "\r\n");
			}
			assertThat(text(ResponseWriter.answer(404, Headers.empty(), HANDSHAKE, null))).doesNotContain("Date");
		}

		@Test
		void isTheApplicationsIfThatHasSetOne() {
			Headers own = Headers.empty().with("date", "Mon, 07 Nov 1994 00:00:00 GMT");
			assertThat(text(ResponseWriter.answer(404, own, HANDSHAKE, DATE))).doesNotContain(DATE)
				.containsOnlyOnce("\r\ndate: Mon, 07 Nov 1994 00:00:00 GMT\r\n");
		}

		@Test
		void isThatOfAnswersOtherThan101Only() {
			assertThat(text(ResponseWriter.accept(HANDSHAKE, null, null, Headers.empty()))).doesNotContain("Date");
		}

	}

	@Nested
	class Health {

		@Test
		void isAnsweredInFull() {
			assertThat(text(
					ResponseWriter.answer(200, Headers.empty().with("Cache-Control", "no-store"), HANDSHAKE, null)))
				.isEqualTo(
						"HTTP/1.1 200 OK\r\n" + "Connection: close\r\n" + "Content-Type: text/plain; charset=utf-8\r\n"
								+ "Content-Length: 7\r\n" + "Cache-Control: no-store\r\n" + "\r\n" + "200 OK\n");
		}

	}

	@Nested
	class Ownership {

		@Test
		void eachBufferIsNewAndReadyToBeWritten() {
			ByteBuffer first = refuse(HandshakeDecision.refuse(404), null);
			ByteBuffer second = refuse(HandshakeDecision.refuse(404), null);
			assertThat(first).isEqualTo(second);
			first.put(0, (byte) 'X');
			assertThat(second.get(0)).isEqualTo((byte) 'H');
		}

	}

}
