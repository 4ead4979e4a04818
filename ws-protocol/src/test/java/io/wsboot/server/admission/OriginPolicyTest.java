package io.wsboot.server.admission;

import java.util.List;

import io.wsboot.Headers;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OriginPolicyTest {

	private static boolean allowed(List<String> origins, String origin) {
		return OriginPolicy.of(origins, true)
			.allows(Headers.empty().with("Host", "server.test:8090").with("Origin", origin), null);
	}

	@Nested
	class SameHost {

		private final OriginPolicy policy = OriginPolicy.of(List.of(), true);

		@ParameterizedTest
		@CsvSource({ "localhost:8090, http://localhost:8080", "localhost:8090, http://localhost",
				"localhost, https://localhost:1", "LocalHost, http://LOCALHOST", "127.0.0.1:8090, http://127.0.0.1:80",
				"[::1]:8090, http://[::1]:8080", "[::1], http://[::1]", "example.com:, https://example.com",
				"a.example.com, HTTPS://a.example.com" })
		void whateverThePort(String host, String origin) {
			assertThat(this.policy.allows(Headers.empty().with("Host", host).with("Origin", origin), null)).isTrue();
		}

		@ParameterizedTest
		@CsvSource({ "example.com, https://example.com.evil.org", "example.com, https://evilexample.com",
				"example.com, https://www.example.com", "www.example.com, https://example.com",
				"example.com, https://example.co", "example.com, null", "example.com, ''", "example.com, example.com",
				"example.com, https://", "example.com, https://example.com/", "example.com, https://u@example.com",
				"example.com, https://example.com:99999", "example.com, https://example.com:x",
				"example.com, https://example.com:", "example.com, https://example.com http://evil.org",
				"example.com, 'https://example.com, https://evil.org'", "example.com, https://example.com.",
				"example.com, file://example.com", "example.com, chrome-extension://example.com",
				"localhost, http://127.0.0.1", "[::1]:80, http://[::2]", "'[', http://[",
				"example.com, https:example.com", "example.com, //example.com",
				"example.com, https://evil.org#example.com", "example.com, https://evil.org?example.com",
				"example.com, https://evil.org\\example.com" })
		void noOther(String host, String origin) {
			assertThat(this.policy.allows(Headers.empty().with("Host", host).with("Origin", origin), null)).isFalse();
		}

		@Test
		void noHost() {
			assertThat(this.policy.allows(Headers.empty().with("Origin", "http://a"), null)).isFalse();
		}

	}

	@Nested
	class AnyPolicy {

		@Test
		void allowsClientsThatTellNoOrigin() {
			for (List<String> origins : List.of(List.<String>of(), List.of("*"), List.of("https://a.test"))) {
				assertThat(OriginPolicy.of(origins, true).allows(Headers.empty().with("Host", "h"), null)).isTrue();
			}
		}

		@Test
		void butAllAllowsOneOriginOnly() {
			Headers headers = Headers.empty()
				.with("Host", "a.test")
				.with("Origin", "https://a.test")
				.with("origin", "https://a.test");
			assertThat(OriginPolicy.of(List.of(), true).allows(headers, null)).isFalse();
			assertThat(OriginPolicy.of(List.of("https://a.test"), true).allows(headers, null)).isFalse();
		}

		@Test
		void copesWithLongOrigins() {
			for (String unit : List.of("a", "a.", ".", "-", ":", "[", "1:")) {
				String origin = "https://" + unit.repeat(8000 / unit.length());
				assertThat(allowed(List.of(), origin)).isFalse();
				assertThat(allowed(List.of("https://*.*.*-*.test"), origin + "test")).isFalse();
			}
		}

	}

	@Nested
	class All {

		@ParameterizedTest
		@ValueSource(strings = { "https://a.test", "null", "", "rubbish" })
		void isAll(String origin) {
			assertThat(allowed(List.of("*"), origin)).isTrue();
			assertThat(allowed(List.of("https://b.test", "*"), origin)).isTrue();
		}

	}

	@Nested
	class BesideTheSameHost {

		private final Headers page = Headers.empty()
			.with("Host", "shop.example:8090")
			.with("Origin", "https://shop.example");

		@ParameterizedTest
		@ValueSource(strings = { "https://admin.example", "file://", "null", "capacitor://localhost" })
		void othersAreAllowed(String listed) {
			assertThat(OriginPolicy.of(List.of(listed), true).allows(this.page, null)).isTrue();
			assertThat(allowed(List.of(listed), "https://foreign.example")).isFalse();
		}

		@Test
		void orInItsPlace() {
			assertThat(OriginPolicy.of(List.of("https://admin.example"), false).allows(this.page, null)).isFalse();
			assertThat(OriginPolicy.of(List.of("https://shop.example"), false).allows(this.page, null)).isTrue();
			assertThat(OriginPolicy.of(List.of("*"), false).allows(this.page, null)).isTrue();
		}

		@Test
		void withoutAnyNoPageIsAllowed() {
			OriginPolicy policy = OriginPolicy.of(List.of(), false);
			assertThat(policy.allows(this.page, null)).isFalse();
			assertThat(policy.allows(Headers.empty().with("Host", "shop.example"), null)).isTrue();
		}

		@Test
		void isThatOfTheProxy() {
			Headers proxied = Headers.empty().with("Host", "10.0.0.7:8090").with("Origin", "https://shop.example");
			OriginPolicy policy = OriginPolicy.of(List.of("https://admin.example"), true);
			assertThat(policy.allows(proxied, "shop.example")).isTrue();
			assertThat(policy.allows(proxied, null)).isFalse();
			assertThat(policy.allows(this.page, "admin.example")).isFalse();
		}

	}

	/** Pages that come from no server, and may have no origin at all (RFC 6454 §4). */
	@Nested
	class Opaque {

		@ParameterizedTest
		@CsvSource({ "null, null", "file://, file://", "FILE://, file://",
				"capacitor://localhost, capacitor://localhost", "ionic://localhost, ionic://localhost",
				"tauri://localhost, tauri://localhost", "app://., app://.", "app://, app://",
				"app://bundle, app://bundle",
				"chrome-extension://abcdefghijklmnopabcdefghijklmnop, chrome-extension://abcdefghijklmnopabcdefghijklmnop",
				"moz-extension://*, moz-extension://0b1c2d3e-4f50-4a61-8b72-9c83ad94be05",
				"chrome-extension://*, chrome-extension://abcdefghijklmnopabcdefghijklmnop",
				"app://*.bundle, app://a.bundle", "capacitor://localhost:*, capacitor://localhost:3000" })
		void isAllowedByName(String listed, String origin) {
			assertThat(allowed(List.of(listed), origin)).isTrue();
			assertThat(allowed(List.of(), origin)).isFalse();
			assertThat(allowed(List.of("https://a.test"), origin)).isFalse();
		}

		@ParameterizedTest
		@CsvSource({ "null, file://", "file://, null", "null, NULL", "null, 'null, null'", "null, ''", "null, nullx",
				"file://, file:", "file://, file:///", "file://, file:///etc/passwd", "file://, file://host",
				"file://, files://", "file://, http://", "file://, file://:80", "app://., app://", "app://., app://..",
				"app://bundle, app://other", "moz-extension://*, moz-extension://",
				"moz-extension://*, chrome-extension://a", "moz-extension://*, moz-extension://a.b",
				"moz-extension://*, moz-extension://a/b", "moz-extension://*, https://a" })
		void isNoOther(String listed, String origin) {
			assertThat(allowed(List.of(listed), origin)).isFalse();
		}

	}

	@Nested
	class Exact {

		@ParameterizedTest
		@CsvSource({ "https://a.test, https://a.test", "https://a.test, https://a.test:443",
				"https://A.Test:443, https://a.test", "http://a.test, http://a.test:80",
				"http://a.test:8080, http://a.test:8080", "HTTPS://a.test, https://A.TEST",
				"http://[::1]:8080, http://[::1]:8080", "http://127.0.0.1, http://127.0.0.1",
				"chrome-extension://abc, chrome-extension://abc", "capacitor://localhost, capacitor://localhost" })
		void equal(String pattern, String origin) {
			assertThat(allowed(List.of(pattern), origin)).isTrue();
			assertThat(allowed(List.of("https://other.test", pattern), origin)).isTrue();
		}

		@ParameterizedTest
		@CsvSource({ "https://a.test, http://a.test", "https://a.test, https://a.test:8443",
				"https://a.test, https://a.test:80", "https://a.test:8443, https://a.test",
				"https://a.test, https://b.test", "https://a.test, https://x.a.test",
				"https://x.a.test, https://a.test", "https://a.test, https://a.test.evil.org",
				"https://a.test, https://evila.test", "https://a.test, https://axtest", "https://a.test, null",
				"https://a.test, https://a.test/", "https://a.test, https://a.test:0443x",
				"https://a.test, ' https://a.test'" })
		void different(String pattern, String origin) {
			assertThat(allowed(List.of(pattern), origin)).isFalse();
		}

	}

	@Nested
	class Patterns {

		@ParameterizedTest
		@CsvSource({ "https://*.example.com, https://a.example.com",
				"https://*.example.com, https://A-1.EXAMPLE.com:443",
				"https://*.*.example.com, https://a.b.example.com",
				"https://pr-*.example.com, https://pr-12.example.com",
				"https://a.*.example.com, https://a.b.example.com", "http://localhost:*, http://localhost:8080",
				"http://localhost:*, http://localhost", "http://[::1]:*, http://[::1]:9",
				"https://*.example.com:*, https://a.example.com:8443",
				"https://*.example.com:8443, https://a.example.com:8443" })
		void match(String pattern, String origin) {
			assertThat(allowed(List.of(pattern), origin)).isTrue();
		}

		@ParameterizedTest
		@CsvSource({ "https://*.example.com, https://example.com", "https://*.example.com, https://a.b.example.com",
				"https://*.example.com, https://.example.com", "https://*.example.com, https://evilexample.com",
				"https://*.example.com, https://a.example.com.evil.org", "https://*.example.com, http://a.example.com",
				"https://*.example.com, https://a.example.com:8443", "https://*.example.com, https://*.example.com",
				"https://*.example.com, https://axexample.com", "https://*.example.com, https://evil.org/.example.com",
				"https://*.example.com, https://evil.org?.example.com",
				"https://*.example.com, https://evil.org:1.example.com",
				"https://pr-*.example.com, https://pr-.example.com",
				"https://pr-*.example.com, https://pr-1.x.example.com",
				"http://localhost:*, http://localhost.evil.org:80", "http://localhost:*, https://localhost:80",
				"http://localhost:*, http://localhost:", "http://localhost:*, http://localhost:*",
				"https://*.example.com, null" })
		void doNotMatch(String pattern, String origin) {
			assertThat(allowed(List.of(pattern), origin)).isFalse();
		}

		@ParameterizedTest
		@ValueSource(strings = { "", " ", "NULL", " null", "file:", "file:/", "file:///", "file:///index.html",
				"file://:80", "ws://a.test", "WSS://a.test", "HTTPS://", "moz-extension://**", "app://a b",
				"example.com", "*.example.com", "https://", "https://*", "https://*:*", "*://example.com",
				"https://example.com/", "https://example.com/path", "https://u@example.com", "https://example.com:",
				"https://example.com:x", "https://example.com:0", "https://example.com:65536",
				"https://example.com:80*", "https://**.example.com", "https://example.*", "http://192.168.1.*",
				"https://.example.com", "https://example..com", "https://example.com.", "https://a b.com",
				"https://example.com, https://b.com", "https://caf\u00E9.test", "http://[*]", "**",
				"https://(a|b).example.com", "https://[::1", "https://example.com?x" })
		void thatAreNonsense(String pattern) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> OriginPolicy.of(List.of("https://a.test", pattern), true))
				.withMessageStartingWith("allowed origin \"" + pattern + "\" ");
		}

	}

}
