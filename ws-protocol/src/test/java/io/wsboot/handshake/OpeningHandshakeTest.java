package io.wsboot.handshake;

import java.util.List;

import io.wsboot.HandshakeDecision.Refuse;
import io.wsboot.Headers;
import io.wsboot.Headers.Field;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class OpeningHandshakeTest {

	private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

	private static final Field UPGRADE = new Field("Upgrade", "websocket");

	private static final Headers VALID = Headers.empty()
		.with("Host", "h")
		.with("Upgrade", "websocket")
		.with("Connection", "Upgrade")
		.with("Sec-WebSocket-Key", KEY)
		.with("Sec-WebSocket-Version", "13");

	private static RequestHead get(Headers headers) {
		return new RequestHead("GET", "/", null, 1, 1, headers);
	}

	private static Headers without(String name) {
		return Headers.of(VALID.fields().stream().filter((field) -> !field.name().equals(name)).toList());
	}

	private static RequestHead withInstead(String name, String value) {
		return get(without(name).with(name, value));
	}

	private static void assertRefused(RequestHead head, int status, Field... fields) {
		Refuse refusal = OpeningHandshake.examine(head);
		assertThat(refusal).isNotNull();
		assertThat(refusal.status()).isEqualTo(status);
		assertThat(refusal.headers()).isEqualTo(Headers.of(List.of(fields)));
		assertThat(refusal.reason()).contains("(RFC ");
	}

	@Test
	void aValidHandshake() {
		assertThat(OpeningHandshake.examine(get(VALID))).isNull();
	}

	@Nested
	class Rfc6455Section4_2_1 {

		@ParameterizedTest
		@ValueSource(strings = { "POST", "HEAD", "OPTIONS", "PUT", "get", "CONNECT" })
		void item1_otherMethods(String method) {
			assertRefused(new RequestHead(method, "/", null, 1, 1, VALID), 405, new Field("Allow", "GET"));
		}

		@Test
		void item1_http10() {
			assertRefused(new RequestHead("GET", "/", null, 1, 0, VALID), 426, UPGRADE);
		}

		@Test
		void item1_laterMinorVersions() {
			assertThat(OpeningHandshake.examine(new RequestHead("GET", "/", null, 1, 2, VALID))).isNull();
		}

		@Test
		void items3And4_plainGet() {
			assertRefused(get(Headers.empty().with("Host", "h")), 426, UPGRADE);
			assertRefused(get(without("Upgrade")), 426, UPGRADE);
			assertRefused(get(without("Connection")), 426, UPGRADE);
		}

		@ParameterizedTest
		@ValueSource(strings = { "websocket", "WebSocket", "WEBSOCKET", "h2c, websocket" })
		void item3_upgradeThatNamesWebSocket(String value) {
			assertThat(OpeningHandshake.examine(withInstead("Upgrade", value))).isNull();
		}

		@ParameterizedTest
		@ValueSource(strings = { "h2c", "", "websocket2", "web socket", "websocket/13", "xwebsocket" })
		void item3_upgradeThatDoesNot(String value) {
			assertRefused(withInstead("Upgrade", value), 426, UPGRADE);
		}

		@ParameterizedTest
		@ValueSource(strings = { "Upgrade", "upgrade", "keep-alive, Upgrade", "Upgrade,keep-alive" })
		void item4_connectionThatNamesUpgrade(String value) {
			assertThat(OpeningHandshake.examine(withInstead("Connection", value))).isNull();
		}

		@ParameterizedTest
		@ValueSource(strings = { "close", "", "keep-alive", "upgraded", "up grade" })
		void item4_connectionThatDoesNot(String value) {
			assertRefused(withInstead("Connection", value), 426, UPGRADE);
		}

		@ParameterizedTest
		@ValueSource(strings = { KEY, "AAAAAAAAAAAAAAAAAAAAAA==", "//////////////////////==",
				"++++++++++++++++++++++==", "AAAAAAAAAAAAAAAAAAAAAB==" })
		void item5_keyOfSixteenBytes(String key) {
			assertThat(OpeningHandshake.examine(withInstead("Sec-WebSocket-Key", key))).isNull();
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAA=", "AAAAAAAAAAAAAAAAAAAAAAAA",
				"AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAA===", "AAAAAAAAAAAAAAAAAAAAA-==",
				"AAAAAAAAAA AAAAAAAAAAA==", "AAAAAAAAAAAAAAAAAAAA==AA", "AAAAAAAAAAAAAAAAAAAAAA== x",
				"AAAAAAAAAAAAAAAAAAAAA\u00E9==", "AAAAAAAAAAAAAAAAAAAAAAAAAA==" })
		void item5_otherKeys(String key) {
			assertRefused(withInstead("Sec-WebSocket-Key", key), 400);
		}

		@Test
		void item5_missingOrRepeatedKey() {
			assertRefused(get(without("Sec-WebSocket-Key")), 400);
			assertRefused(get(VALID.with("Sec-WebSocket-Key", KEY)), 400);
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "8", "7", "14", "013", "13.0", "13, 8", "x" })
		void item6_otherVersions(String version) {
			assertRefused(withInstead("Sec-WebSocket-Version", version), 426, UPGRADE,
					new Field("Sec-WebSocket-Version", "13"));
		}

		@Test
		void item6_missingOrRepeatedVersion() {
			Field version = new Field("Sec-WebSocket-Version", "13");
			assertRefused(get(without("Sec-WebSocket-Version")), 426, UPGRADE, version);
			assertRefused(get(VALID.with("sec-websocket-version", "13")), 426, UPGRADE, version);
		}

	}

	@Nested
	class Order {

		@Test
		void theMethodComesFirst() {
			assertRefused(new RequestHead("POST", "/", null, 1, 0, Headers.empty()), 405, new Field("Allow", "GET"));
		}

		@Test
		void theVersionComesBeforeTheKey() {
			Headers headers = without("Sec-WebSocket-Key");
			assertRefused(get(Headers.of(headers.fields().subList(0, headers.fields().size() - 1))), 426, UPGRADE,
					new Field("Sec-WebSocket-Version", "13"));
		}

	}

	@Nested
	class Rfc6455Section4_2_2_Subprotocol {

		@ParameterizedTest
		@CsvSource(nullValues = "-",
				value = { "a b c, c b, b", "a, a, a", "a, b, -", "a, A, -", "'', a, -", "a, '', -" })
		void theFirstOfOursThatIsOffered(String ours, String offered, String chosen) {
			assertThat(OpeningHandshake.chooseSubprotocol(List.of(ours.split(" ")), List.of(offered.split(" "))))
				.isEqualTo(chosen);
		}

	}

}
