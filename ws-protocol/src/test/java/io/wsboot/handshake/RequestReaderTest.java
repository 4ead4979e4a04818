package io.wsboot.handshake;

import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;

import io.wsboot.EverySplit;
import io.wsboot.Headers.Field;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Every wire of a fault ends with the byte that is the fault: {@link Wire#fault} checks
 * that the reader refuses there, and not before.
 */
class RequestReaderTest {

	private static final String LINE = "GET /chat HTTP/1.1\r\n";

	private static void assertFault(String wire, int status, String section) {
		MalformedRequest fault = Wire.fault(wire);
		assertThat(fault.refusal().status()).as(fault.getMessage()).isEqualTo(status);
		assertThat(fault.getMessage()).endsWith(")").contains(section);
	}

	@Nested
	class Whole {

		@Test
		void theHandshakeOfRfc6455Section1_2() {
			RequestHead head = Wire.head("GET /chat HTTP/1.1\r\n" + "Host: server.example.com\r\n"
					+ "Upgrade: websocket\r\n" + "Connection: Upgrade\r\n"
					+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + "Origin: http://example.com\r\n"
					+ "Sec-WebSocket-Protocol: chat, superchat\r\n" + "Sec-WebSocket-Version: 13\r\n" + "\r\n");
			assertThat(head.method()).isEqualTo("GET");
			assertThat(head.path()).isEqualTo("/chat");
			assertThat(head.query()).isNull();
			assertThat(head.majorVersion()).isEqualTo(1);
			assertThat(head.minorVersion()).isEqualTo(1);
			assertThat(head.headers().fields()).containsExactly(new Field("Host", "server.example.com"),
					new Field("Upgrade", "websocket"), new Field("Connection", "Upgrade"),
					new Field("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
					new Field("Origin", "http://example.com"), new Field("Sec-WebSocket-Protocol", "chat, superchat"),
					new Field("Sec-WebSocket-Version", "13"));
		}

		@Test
		void bytesBehindTheHeadStayInTheBuffer() {
			String head = LINE + "Host: h\r\n\r\n";
			String frames = "\u0081\u0085\r\n\r\n\u0000GET / HTTP/1.1\r\n\r\n";
			EverySplit.forEach(head + frames, (chunks) -> {
				RequestReader reader = new RequestReader(Wire.LIMITS);
				StringBuilder left = new StringBuilder();
				boolean read = false;
				for (ByteBuffer chunk : chunks) {
					read = read || reader.read(chunk) != null;
					while (chunk.hasRemaining()) {
						left.append((char) (chunk.get() & 0xFF));
					}
				}
				assertThat(left).hasToString(frames);
			});
		}

		@Test
		void anEmptyBufferMeansThatMoreIsNeeded() {
			assertThat(new RequestReader(Wire.LIMITS).read(ByteBuffer.allocate(0))).isNull();
		}

		@Test
		void aReaderIsForOneRequest() {
			ByteBuffer twice = ByteBuffer.wrap(Wire.latin1((LINE + "Host: h\r\n\r\n").repeat(2)));
			RequestReader reader = new RequestReader(Wire.LIMITS);
			assertThat(reader.read(twice)).isNotNull();
			assertThatIllegalStateException().isThrownBy(() -> reader.read(twice));
		}

		@Test
		void bytesBehindAFaultAreNeverParsed() {
			ByteBuffer in = ByteBuffer.wrap(Wire.latin1("\u0000" + LINE + "Host: h\r\n\r\n"));
			RequestReader reader = new RequestReader(Wire.LIMITS);
			assertThatThrownBy(() -> reader.read(in)).isInstanceOf(MalformedRequest.class);
			assertThatIllegalStateException().isThrownBy(() -> reader.read(in));
			assertThat(in.position()).isEqualTo(1);
		}

		@Test
		void aFaultTellsOfThePeerAndCostsNoStackTrace() {
			MalformedRequest fault = Wire.fault("\n");
			assertThat(fault.getStackTrace()).isEmpty();
			assertThat(fault.refusal().headers().fields()).isEmpty();
			assertThat(Modifier.isPublic(MalformedRequest.class.getModifiers())).isTrue();
		}

	}

	@Nested
	class Rfc9112Section2_2_LineEnds {

		@ParameterizedTest
		@ValueSource(strings = { "GET /chat HTTP/1.1\n", "GET /chat\n", "GET \n", "\n", LINE + "\n", LINE + "Host\n",
				LINE + "Host: h\n", LINE + "Host: h\r\n\n" })
		void aBareLf(String wire) {
			assertFault(wire, 400, "RFC 9112 §2.2");
		}

		@ParameterizedTest
		@ValueSource(strings = { "GET /chat HTTP/1.1\rH", "GET /chat HTTP/1.1\r\r", LINE + "\rH", LINE + "\r\r",
				LINE + "Host: h\rX", LINE + "Host: h\r\r", LINE + "Host: h\r ", LINE + "Host: h\r\n\r\r" })
		void aBareCr(String wire) {
			assertFault(wire, 400, "RFC 9112 §2.2");
		}

		@Test
		void anEmptyLineBeforeTheRequest() {
			assertFault("\r", 400, "RFC 9112 §2.2");
		}

		@ParameterizedTest
		@ValueSource(strings = { LINE + " ", LINE + "\t" })
		void whiteSpaceBeforeTheFirstHeader(String wire) {
			assertFault(wire, 400, "RFC 9112 §2.2");
		}

	}

	@Nested
	class Rfc9112Section2_3_Version {

		@ParameterizedTest
		@ValueSource(strings = { "GET / h", "GET / HTTP/x", "GET / HTTP/11", "GET / HTTP/1,", "GET / HTTP/1.x",
				"GET / HTTP/1.11", "GET / HTTP/1.1 ", "GET /  ", "GET / \t", "GET / HTTPS", "GET / HTTP/1.\u00B1",
				"GET / HTTP/\u00B1", "GET / \r", "GET / HTTP\r", "GET / HTTP/1.\r", "GET / HTTP/2.\r" })
		void notAVersion(String wire) {
			assertFault(wire, 400, "RFC 9112 §");
		}

		@ParameterizedTest
		@ValueSource(strings = { "0.9", "2.0", "3.0", "9.9" })
		void anotherMajorVersion(String version) {
			assertFault("GET / HTTP/" + version, 505, "RFC 9110 §15.6.6");
		}

		@Test
		void theConnectionPrefaceOfHttp2() {
			assertFault("PRI * HTTP/2.0", 505, "RFC 9110 §15.6.6");
		}

		@ParameterizedTest
		@CsvSource({ "1.0,0", "1.1,1", "1.2,2", "1.9,9" })
		void anyMinorVersion(String version, int minor) {
			RequestHead head = Wire.head("GET / HTTP/" + version + "\r\nHost: h\r\n\r\n");
			assertThat(head.majorVersion()).isEqualTo(1);
			assertThat(head.minorVersion()).isEqualTo(minor);
		}

	}

	@Nested
	class Rfc9112Section3_RequestLine {

		@ParameterizedTest
		@ValueSource(strings = { " ", "G\t", "GET\u0000", "GET\r", "G:", "{", "GET/", "\u0080", "G\u00E9", "GET  ",
				"GET \r", "GET /\r", "GET /x\t", "\u007F", "@" })
		void refused(String wire) {
			MalformedRequest fault = Wire.fault(wire);
			assertThat(fault.refusal().status()).isEqualTo(400);
		}

		@Test
		void twoSpaces() {
			assertFault("GET  ", 400, "two spaces");
		}

		@Test
		void aTlsHandshakeOnThePlainPort() {
			assertFault("\u0016", 400, "RFC 8446");
		}

		@ParameterizedTest
		@ValueSource(strings = { "GET", "get", "POST", "HEAD", "BREW", "M-SEARCH", "!#$%&'*+-.^_`|~" })
		void anyTokenIsAMethod(String method) {
			assertThat(Wire.head(method + " / HTTP/1.1\r\nHost: h\r\n\r\n").method()).isEqualTo(method);
		}

	}

	@Nested
	class Rfc9112Section3_2_Target {

		@ParameterizedTest
		@CsvSource(nullValues = "-",
				value = { "/, /, -", "/?, /, ''", "/a/b, /a/b, -", "/a?b=c&d=%20e, /a, b=c&d=%20e",
						"/a?b?c/d, /a, b?c/d", "//a//, //a//, -", "/a;v=1/b, /a;v=1/b, -", "/%C3%A9%2f, /%C3%A9%2f, -",
						"/.., /.., -", "/~u:@!$&'()*+=, /~u:@!$&'()*+=, -", "/http://x, /http://x, -",
						"'/a?b[]={c|d}^`\\', /a, 'b[]={c|d}^`\\'" })
		void aPath(String target, String path, String query) {
			RequestHead head = Wire.head("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
			assertThat(head.path()).isEqualTo(path);
			assertThat(head.query()).isEqualTo(query);
		}

		@ParameterizedTest
		@CsvSource(nullValues = "-",
				value = { "http://a.example/b?c, a.example, /b, c", "http://a.example, a.example, /, -",
						"http://a.example?c, a.example, /, c", "HTTPS://A.example:444/b, A.example:444, /b, -",
						"http://[::1]:80/b, [::1]:80, /b, -", "http://a:/b, a:, /b, -" })
		void anHttpUriWhoseHostReplacesTheField(String target, String host, String path, String query) {
			RequestHead head = Wire.head("GET " + target + " HTTP/1.1\r\nA: 1\r\nHost: proxy\r\nB: 2\r\n\r\n");
			assertThat(head.path()).isEqualTo(path);
			assertThat(head.query()).isEqualTo(query);
			assertThat(head.headers().fields()).containsExactly(new Field("A", "1"), new Field("Host", host),
					new Field("B", "2"));
		}

		@ParameterizedTest
		@ValueSource(strings = { "chat", "?q", "ws://h/chat", "http:/h/chat", "http:///chat", "http://user@h/chat",
				"http://h:x/chat", "http://h:65536/", "http://[h/", "http://", "example.com:80", "**", "*/",
				"http://[::1/", "/[a]", "/[a", "/a]", "/a[?b" })
		void otherForms(String target) {
			assertThat(Wire.fault("GET " + target + " ").refusal().status()).isEqualTo(400);
		}

		@Test
		void theServerAsAWhole() {
			assertFault("OPTIONS * HTTP/1.1\r", 400, "RFC 9112 §3.2.4");
		}

		@Test
		void aFragment() {
			assertFault("GET /chat#", 400, "RFC 9112 §3.2");
		}

		@ParameterizedTest
		@ValueSource(strings = { "/%g", "/%0g", "/% ", "/%0 ", "/a?%2 ", "/%%", "http://h/%x", "/%\u00B1" })
		void aBadPercentEncoding(String target) {
			assertFault("GET " + target, 400, "RFC 3986 §2.1");
		}

		@Test
		void aByteThatNoUriHolds() {
			for (int b = 0; b < 256; b++) {
				if ((b < ' ' && b != '\r' && b != '\n') || b >= 0x7F || "\"<>\\^`{|}".indexOf(b) >= 0) {
					assertFault("GET /a" + (char) b, 400, "RFC 3986 §2");
				}
				if ((b < ' ' && b != '\r' && b != '\n') || b >= 0x7F || "\"<>".indexOf(b) >= 0) {
					assertFault("GET /a?b" + (char) b, 400, "RFC 3986 §2");
				}
			}
		}

	}

	@Nested
	class Rfc9112Section5_HeaderLines {

		@ParameterizedTest
		@CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = { "X:|''", "X: |''",
				"X: \t |''", "X:a|a", "X: a b \t|a b", "X:\ta|a", "X: a:b|a:b", "X: ,|,", "X: \"a\"|\"a\"" })
		void aValueWithoutTheWhiteSpaceAroundIt(String line, String value) {
			RequestHead head = Wire.head(LINE + "Host: h\r\n" + line + "\r\n\r\n");
			assertThat(head.headers().all("x")).containsExactly(value);
		}

		@Test
		void bytesAboveAsciiAreKept() {
			String value = "\u0080\u0085\u00A0caf\u00C3\u00A9\u00FF";
			RequestHead head = Wire.head(LINE + "Host: h\r\nX: " + value + "\r\n\r\n");
			assertThat(head.headers().first("X")).contains(value);
		}

		@ParameterizedTest
		@ValueSource(strings = { ":", "\u0000", "H@", "H\u00E9", "(", "Host\r", "H\u007F", "{" })
		void aNameThatIsNone(String line) {
			assertThat(Wire.fault(LINE + line).refusal().status()).isEqualTo(400);
		}

		@ParameterizedTest
		@ValueSource(strings = { "Host ", "Host\t" })
		void whiteSpaceBeforeTheColon(String line) {
			assertFault(LINE + line, 400, "RFC 9112 §5.1");
		}

		@ParameterizedTest
		@ValueSource(strings = { "Host: h\r\n ", "Host: h\r\n\t" })
		void aFoldedLine(String lines) {
			assertFault(LINE + lines, 400, "§5.2");
		}

		@Test
		void aControlByteInAValue() {
			for (int b = 0; b < 256; b++) {
				if ((b < ' ' && b != '\t' && b != '\r' && b != '\n') || b == 0x7F) {
					assertFault(LINE + "X: a" + (char) b, 400, "RFC 9110 §5.5");
				}
			}
		}

	}

	@Nested
	class Limits {

		private static final HandshakeLimits TIGHT = new HandshakeLimits(20, 24, 3);

		@Test
		void aRequestLineAtTheLimit() {
			String line = "GET /" + "a".repeat(6) + " HTTP/1.1";
			assertThat(line).hasSize(20);
			assertThat(Wire.head(line + "\r\nHost: h\r\n\r\n", TIGHT).path()).isEqualTo("/aaaaaa");
		}

		@Test
		void aRequestLineOneByteAboveTheLimitIsRefusedAtThatByte() {
			String line = "GET /" + "a".repeat(7) + " HTTP/1.1";
			assertThat(Wire.fault(line, TIGHT).refusal().status()).isEqualTo(414);
		}

		@Test
		void aLineWithoutEndIsRefusedWithoutWaitingForIt() {
			assertThat(Wire.fault("GET /" + "a".repeat(16), TIGHT).refusal().status()).isEqualTo(414);
			assertThat(Wire.fault("G".repeat(21), TIGHT).refusal().status()).isEqualTo(414);
		}

		@Test
		void headersAtTheLimit() {
			String headers = "Host: h\r\n" + "X: " + "a".repeat(10) + "\r\n";
			assertThat(headers).hasSize(24);
			assertThat(Wire.head("GET / HTTP/1.1\r\n" + headers + "\r\n", TIGHT).headers().first("X"))
				.contains("aaaaaaaaaa");
		}

		@Test
		void headersOneByteAboveTheLimit() {
			String headers = "Host: h\r\n" + "X: " + "a".repeat(11) + "\r\n";
			assertThat(headers).hasSize(25);
			assertThat(Wire.fault("GET / HTTP/1.1\r\n" + headers, TIGHT).refusal().status()).isEqualTo(431);
			String withoutLineEnd = "Host: h\r\n" + "X: " + "a".repeat(12);
			assertThat(withoutLineEnd).hasSize(24);
			assertThat(Wire.fault("GET / HTTP/1.1\r\n" + withoutLineEnd + "\r", TIGHT).refusal().status())
				.isEqualTo(431);
		}

		@Test
		void aHeaderWithoutEndIsRefusedWithoutWaitingForIt() {
			assertThat(Wire.fault("GET / HTTP/1.1\r\nX:" + "a".repeat(23), TIGHT).refusal().status()).isEqualTo(431);
			assertThat(Wire.fault("GET / HTTP/1.1\r\n" + "X".repeat(25), TIGHT).refusal().status()).isEqualTo(431);
		}

		@Test
		void asManyHeadersAsTheLimit() {
			assertThat(Wire.head("GET / HTTP/1.1\r\nHost: h\r\na:\r\nb:\r\n\r\n", TIGHT).headers().fields()).hasSize(3);
		}

		@Test
		void oneHeaderAboveTheLimit() {
			assertThat(Wire.fault("GET / HTTP/1.1\r\nHost: h\r\na:\r\nb:\r\nc", TIGHT).refusal().status())
				.isEqualTo(431);
		}

		@Test
		void theDefaultsOfEightKibibytes() {
			String line = "GET /" + "a".repeat(8192 - 14) + " HTTP/1.1\r\n";
			String header = "X: " + "a".repeat(8192 - 9 - 5) + "\r\n";
			assertThat(Wire.outcome(Wire.latin1(line + "Host: h\r\n" + header + "\r\n")).head()).isNotNull();
			RequestReader reader = new RequestReader(Wire.LIMITS);
			assertThatThrownBy(() -> reader.read(ByteBuffer.wrap(Wire.latin1("GET /" + "a".repeat(8188)))))
				.isInstanceOfSatisfying(MalformedRequest.class,
						(fault) -> assertThat(fault.refusal().status()).isEqualTo(414));
		}

		@Test
		void limitsAboveAllMemoryReserveNothing() {
			HandshakeLimits huge = new HandshakeLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
			assertThat(Wire.head("GET / HTTP/1.1\r\nHost: h\r\n\r\n", huge).path()).isEqualTo("/");
		}

	}

}
