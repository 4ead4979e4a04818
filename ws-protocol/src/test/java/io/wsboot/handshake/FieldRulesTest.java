package io.wsboot.handshake;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Through the reader, as these rules hold for every request that it returns. */
class FieldRulesTest {

	private static RequestHead accepted(String fields) {
		return Wire.head("GET / HTTP/1.1\r\n" + fields + "\r\n");
	}

	private static void assertRefused(String fields, String section) {
		MalformedRequest fault = Wire.fault("GET / HTTP/1.1\r\n" + fields + "\r\n");
		assertThat(fault.refusal().status()).isEqualTo(400);
		assertThat(fault.getMessage()).contains(section).endsWith(")");
	}

	@Nested
	class Rfc9112Section3_2_Host {

		@ParameterizedTest
		@ValueSource(strings = { "h", "EXAMPLE.com", "example.com:8090", "example.com:", "127.0.0.1:1", "[::1]",
				"[::ffff:1.2.3.4]:65535", "xn--bcher-kva.example", "a_b", "caf%C3%A9", "a,b" })
		void valid(String host) {
			assertThat(accepted("Host: " + host + "\r\n").headers().first("Host")).contains(host);
		}

		@ParameterizedTest
		@ValueSource(strings = { "", ":80", "a b", "a/b", "u@h", "h:x", "h:1:2", "h:65536", "h:123456", "h:000080",
				"[::1", "::1", "[]", "[a]", "[::g]", "[::1]x", "[::1]:x", "h%", "h%2", "h%zz", "caf\u00E9", "h\\", "h?",
				"\"h\"", "[v1.fe]" })
		void invalid(String host) {
			assertRefused("Host: " + host + "\r\n", "RFC 9112 §3.2");
		}

		@Test
		void missing() {
			assertRefused("X: y\r\n", "RFC 9112 §3.2");
			assertRefused("", "RFC 9112 §3.2");
		}

		@Test
		void repeated() {
			assertRefused("Host: h\r\nhost: h\r\n", "RFC 9112 §3.2");
		}

		@Test
		void missingInHttp10() {
			assertThat(Wire.head("GET / HTTP/1.0\r\n\r\n").minorVersion()).isZero();
		}

		@Test
		void missingBesideAnHttpUri() {
			MalformedRequest fault = Wire.fault("GET http://h/ HTTP/1.1\r\n\r\n");
			assertThat(fault.refusal().status()).isEqualTo(400);
		}

	}

	@Nested
	class Rfc9112Section6_Content {

		@ParameterizedTest
		@ValueSource(strings = { "Transfer-Encoding: chunked", "transfer-encoding: identity", "Transfer-Encoding:",
				"Content-Length: 1", "Content-Length: -0", "Content-Length: +0", "Content-Length: x", "Content-Length:",
				"Content-Length: 0, 0", "Content-Length: 0\r\nContent-Length: 0", "Content-Length: 0x0",
				"Content-Length: 99999999999999999999", "Content-Length: 0\r\nTransfer-Encoding: chunked" })
		void refused(String fields) {
			assertRefused("Host: h\r\n" + fields + "\r\n", "(RFC ");
		}

		@ParameterizedTest
		@ValueSource(strings = { "Content-Length: 0", "Content-Length: 00", "Expect: 100-continue",
				"Content-Type: text/plain", "TE: trailers" })
		void harmless(String field) {
			assertThat(accepted("Host: h\r\n" + field + "\r\n").headers().fields()).hasSize(2);
		}

	}

	@Nested
	class Rfc6455Section11_3_4_Subprotocols {

		@ParameterizedTest
		@ValueSource(
				strings = { "a b", "a/b", "a, a", "a;q=1", "\"a\"", "a, b\r\nSec-WebSocket-Protocol: b", "caf\u00E9" })
		void refused(String value) {
			assertRefused("Host: h\r\nSec-WebSocket-Protocol: " + value + "\r\n", "RFC 6455 §");
		}

		/** RFC 9110 §5.6.1.2. */
		@ParameterizedTest
		@ValueSource(strings = { "", ",", " , ,", "\t,\t" })
		void anEmptyListIsNoOffer(String value) {
			RequestHead head = accepted("Host: h\r\nSec-WebSocket-Protocol:" + value + "\r\n");
			assertThat(head.headers().list("Sec-WebSocket-Protocol")).isEmpty();
		}

		@Test
		void overSeveralFieldsAndWithEmptyMembers() {
			RequestHead head = accepted(
					"Host: h\r\nSec-WebSocket-Protocol: a,, A ,\r\nSec-WebSocket-Protocol: v10.stomp\r\n");
			assertThat(head.headers().list("Sec-WebSocket-Protocol")).containsExactly("a", "A", "v10.stomp");
		}

	}

	@Nested
	class Rfc6455Section9_1_Extensions {

		@Test
		void unknownOnesAreNoError() {
			accepted("Host: h\r\nSec-WebSocket-Extensions: x-unknown; a=b, permessage-deflate; nonsense\r\n");
		}

		/** RFC 9110 §5.6.1.2. */
		@ParameterizedTest
		@ValueSource(strings = { "", ",", " , ,", "\t,\t", "\r\nSec-WebSocket-Extensions: ," })
		void anEmptyListIsNoOffer(String value) {
			RequestHead head = accepted("Host: h\r\nSec-WebSocket-Extensions:" + value + "\r\n");
			assertThat(ExtensionOffer.parseAll(head.headers().all("Sec-WebSocket-Extensions"))).isEmpty();
		}

		@Test
		void textThatBreaksTheGrammarIs() {
			assertRefused("Host: h\r\nSec-WebSocket-Extensions: a; =b\r\n", "RFC 6455 §9.1");
		}

	}

}
