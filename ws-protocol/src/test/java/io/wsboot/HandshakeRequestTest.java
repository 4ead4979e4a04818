package io.wsboot;

import java.util.List;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HandshakeRequestTest {

	private static HandshakeRequest query(String query) {
		return new HandshakeRequest("/", query, Headers.empty());
	}

	@Nested
	class QueryParams {

		@ParameterizedTest
		@CsvSource({ "a=1, 1", "b=2&a=1, 1", "a=1&a=2, 1", "a=, ''", "a, ''", "a=b=c, b=c", "a=x+y%20z, x y z",
				"%61=1, 1", "a=%C3%A9%E2%82%AC, \u00E9\u20AC", "&&a=1&, 1", "a=%26%3D%2B, &=+", "a=1;b, 1;b",
				"a=%FF, \uFFFD" })
		void areDecodedAsAFormIs(String query, String value) {
			assertThat(query(query).queryParam("a")).contains(value);
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "b=1", "aa=1", "A=1", "=a", "a%3D1", "a=%", "a=%4", "a=%zz", "%=1&%zz" })
		void thatAreNotThereOrNotReadable(String query) {
			assertThat(query(query).queryParam("a")).isEmpty();
		}

		@Test
		void inOrder() {
			assertThat(query("a=1&b=x&a=%&a=2&a").queryParams("a")).containsExactly("1", "2", "");
			assertThat(query("&a=1").queryParams("")).isEmpty();
			assertThat(query("=1").queryParams("")).containsExactly("1");
			assertThat(query("b=1&a=x%20y&%=1&b=%&b=&b=3").queryParams())
				.containsExactly(Map.entry("b", List.of("1", "", "3")), Map.entry("a", List.of("x y")));
		}

		@Test
		void withoutAQuery() {
			assertThat(new HandshakeRequest("/", null, Headers.empty()).queryParams("a")).isEmpty();
			assertThat(new HandshakeRequest("/", null, Headers.empty()).queryParams()).isEmpty();
		}

	}

	@Nested
	class Fields {

		@Test
		void originAndSubprotocols() {
			HandshakeRequest request = new HandshakeRequest("/", null,
					Headers.empty().with("origin", "http://a").with("Sec-WebSocket-Protocol", "x, y"));
			assertThat(request.origin()).contains("http://a");
			assertThat(request.subprotocols()).containsExactly("x", "y");
		}

		@Test
		void thatAreMissing() {
			assertThat(query("").origin()).isEmpty();
			assertThat(query("").subprotocols()).isEmpty();
		}

	}

	@Test
	void holdsWhatTheServerFoundOut() {
		Map<String, String> variables = new HashMap<>(Map.of("room", "java"));
		InetSocketAddress address = InetSocketAddress.createUnresolved("localhost", 1);
		HandshakeRequest request = new HandshakeRequest("/", "a=1", Headers.empty(), variables, address);
		variables.clear();
		assertThat(request.pathVariables()).containsExactly(Map.entry("room", "java"));
		assertThat(request.remoteAddress()).isEqualTo(address);
		assertThat(request.path()).isEqualTo("/");
		assertThat(request.query()).isEqualTo("a=1");
	}

	@Test
	void showsNoSecrets() {
		HandshakeRequest request = new HandshakeRequest("/chat", "token=secret",
				Headers.empty().with("Authorization", "secret"));
		assertThat(request.toString()).contains("/chat", "authorization").doesNotContain("secret");
	}

}
