package io.wsboot.server.admission;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

import io.wsboot.Headers;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.RawClient;
import io.wsboot.server.RunningServer;
import io.wsboot.server.address.AddressRange;
import io.wsboot.server.address.IpAddress;
import io.wsboot.server.config.AdmissionOptions;
import io.wsboot.server.config.InvalidOptionException;
import io.wsboot.server.config.ProxyOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class TrustedProxiesTest {

	private static InetAddress address(String text) {
		return Objects.requireNonNull(IpAddress.parse(text), text);
	}

	/** As tables have it: {@code 192.0.2.1:80}, {@code [::1]:80}. */
	private static String shown(InetSocketAddress address) {
		String host = address.getAddress().getHostAddress();
		return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
	}

	private static ForwardedClient client(String peer, String name, ProxyOptions.Headers form, String... values) {
		Headers headers = Headers.empty();
		for (String value : values) {
			headers = headers.with(name, value);
		}
		TrustedProxies proxies = TrustedProxies.of(new ProxyOptions(List.of("10.0.0.0/8", "fd00::/8"), form));
		return ForwardedClient.of(new InetSocketAddress(address(peer), 1234), headers, proxies);
	}

	@Nested
	class Ranges {

		@ParameterizedTest
		@CsvSource({ "10.0.0.0/8, 10.255.255.255, true", "10.0.0.0/8, 11.0.0.0, false",
				"192.0.2.128/25, 192.0.2.128, true", "192.0.2.128/25, 192.0.2.127, false",
				"192.0.2.130/25, 192.0.2.255, true", "192.0.2.1, 192.0.2.1, true", "192.0.2.1, 192.0.2.0, false",
				"192.0.2.1/32, 192.0.2.1, true", "0.0.0.0/0, 203.0.113.9, true", "0.0.0.0/0, ::1, false",
				"fd00::/8, fdff::1, true", "fd00::/8, fe00::1, false", "::1, ::1, true", "::1/128, ::2, false",
				"2001:db8::/33, 2001:db8:7fff::, true", "2001:db8::/33, 2001:db8:8000::, false",
				"10.0.0.0/8, ::ffff:10.0.0.1, true" })
		void holdTheAddressesThatBeginLikeThem(String range, String address, boolean contained) {
			assertThat(AddressRange.parse(range).contains(address(address))).isEqualTo(contained);
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "proxy.test", "localhost", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1",
				"10.0.0.0/8/8", "10.0.0.0/a", "10.0.0", "10.0.0.256", "010.0.0.1.1", "fd00::/129", "fd00:::/8",
				"[fd00::]/8", "fe80::1%eth0", "1:2", ".:1", "10.0.0.0 /8", "/8" })
		void areNothingElse(String text) {
			assertThatExceptionOfType(InvalidOptionException.class)
				.isThrownBy(() -> new ProxyOptions(List.of("10.0.0.0/8", text), ProxyOptions.Headers.FORWARDED))
				.withMessageStartingWith("trusted-proxies is")
				.withMessageEndingWith("not '" + text + "'");
		}

	}

	@Nested
	class XForwardedFor {

		@ParameterizedTest
		@CsvSource(delimiter = '|', nullValues = "-", value = {
		// @formatter:off
				"10.0.0.1    | 203.0.113.9                      | 203.0.113.9:0       | one proxy",
				"10.0.0.1    | 203.0.113.9:4711                 | 203.0.113.9:4711    | with a port",
				"10.0.0.1    | 203.0.113.9, 10.0.0.2            | 203.0.113.9:0       | two proxies",
				"10.0.0.1    | 203.0.113.9,10.0.0.3 ,\t10.0.0.2 | 203.0.113.9:0       | three proxies",
				"10.0.0.1    | 8.8.8.8, 203.0.113.9             | 203.0.113.9:0       | what the client claims",
				"10.0.0.1    | 10.9.9.9, 203.0.113.9, 10.0.0.2  | 203.0.113.9:0       | and that it were a proxy",
				"10.0.0.1    | 10.0.0.3, 10.0.0.2               | 10.0.0.3:0          | a client among the proxies",
				"10.0.0.1    | 2001:db8::7                      | [2001:db8:0:0:0:0:0:7]:0    | IPv6",
				"10.0.0.1    | [2001:db8::7]                    | [2001:db8:0:0:0:0:0:7]:0    | IPv6 in brackets",
				"10.0.0.1    | [2001:db8::7]:443                | [2001:db8:0:0:0:0:0:7]:443  | IPv6 with a port",
				"10.0.0.1    | ::ffff:203.0.113.9               | 203.0.113.9:0       | IPv4 in IPv6",
				"fd00::1     | 2001:db8::7, fd12::2             | [2001:db8:0:0:0:0:0:7]:0    | proxies with IPv6",
				"10.0.0.1    | unknown                          | 10.0.0.1:1234       | unknown",
				"10.0.0.1    | 203.0.113.9, unknown             | 10.0.0.1:1234       | unknown behind",
				"10.0.0.1    | 203.0.113.9, unknown, 10.0.0.2   | 10.0.0.2:0          | unknown between",
				"10.0.0.1    | client.test                      | 10.0.0.1:1234       | a name",
				"10.0.0.1    | 203.0.113.9:65536                | 10.0.0.1:1234       | no port",
				"10.0.0.1    | 203.0.113.9:                     | 10.0.0.1:1234       | no port either",
				"10.0.0.1    | 203.0.113.999                    | 10.0.0.1:1234       | no address",
				"10.0.0.1    | [203.0.113.9]                    | 10.0.0.1:1234       | no IPv6",
				"10.0.0.1    | [2001:db8::7                     | 10.0.0.1:1234       | half in brackets",
				"10.0.0.1    | 0x7f.1                           | 10.0.0.1:1234       | an address to some",
				"10.0.0.1    | 203.0.113.9 8.8.8.8              | 10.0.0.1:1234       | without a comma",
				"10.0.0.1    | ''                               | 10.0.0.1:1234       | empty",
				"10.0.0.1    | ', ,'                            | 10.0.0.1:1234       | only commas",
				"10.0.0.1    | -                                | 10.0.0.1:1234       | absent",
				"203.0.113.5 | 8.8.8.8                          | 203.0.113.5:1234    | from nobody that is trusted",
				"203.0.113.5 | 8.8.8.8, 10.0.0.1                | 203.0.113.5:1234    | who knows a proxy" })
		// @formatter:on
		void tellsTheClient(String peer, @Nullable String value, String client, String what) {
			ForwardedClient found = (value != null)
					? client(peer, "X-Forwarded-For", ProxyOptions.Headers.X_FORWARDED, value)
					: client(peer, "X-Forwarded-For", ProxyOptions.Headers.X_FORWARDED);
			assertThat(shown(found.address())).isEqualTo(client);
		}

		@Test
		void mayBeInSeveralLines() {
			ForwardedClient found = client("10.0.0.1", "X-Forwarded-For", ProxyOptions.Headers.X_FORWARDED, "8.8.8.8",
					"203.0.113.9", "10.0.0.2");
			assertThat(shown(found.address())).isEqualTo("203.0.113.9:0");
		}

		@Test
		void isNotLookedAtIfProxiesWriteTheOther() {
			assertThat(
					shown(client("10.0.0.1", "X-Forwarded-For", ProxyOptions.Headers.FORWARDED, "8.8.8.8").address()))
				.isEqualTo("10.0.0.1:1234");
			assertThat(
					shown(client("10.0.0.1", "Forwarded", ProxyOptions.Headers.X_FORWARDED, "for=8.8.8.8").address()))
				.isEqualTo("10.0.0.1:1234");
		}

	}

	@Nested
	class Rfc7239Section4 {

		static Stream<Arguments> tellsTheClient() {
			return Stream.of(
			// @formatter:off
				arguments("for=192.0.2.43", "192.0.2.43:0", null),
				arguments("For=\"[2001:db8:cafe::17]:4711\"", "[2001:db8:cafe:0:0:0:0:17]:4711", null),
				arguments("for=192.0.2.60;proto=http;by=203.0.113.43", "192.0.2.60:0", null),
				arguments("for=192.0.2.43, for=198.51.100.17", "198.51.100.17:0", null),
				arguments("for=192.0.2.43, for=10.0.0.2", "192.0.2.43:0", null),
				arguments("for=192.0.2.43;host=chat.test, for=10.0.0.2;host=inner.test", "192.0.2.43:0", "chat.test"),
				arguments("for=8.8.8.8;host=evil.test, for=192.0.2.43;host=chat.test", "192.0.2.43:0", "chat.test"),
				arguments("for=192.0.2.43, for=10.0.0.2;host=\"chat.test:8443\"", "192.0.2.43:0", "chat.test:8443"),
				arguments("host=chat.test;for=192.0.2.43", "192.0.2.43:0", "chat.test"),
				arguments("for=\"192.0.2.43:4711\"", "192.0.2.43:4711", null),
				arguments("for=\"192.0.2.43:_port\"", "192.0.2.43:0", null),
				arguments("for=\"\\192.0.2.\\43\"", "192.0.2.43:0", null),
				arguments("for=unknown", "10.0.0.1:1234", null),
				arguments("for=\"unknown\"; host=chat.test", "10.0.0.1:1234", "chat.test"),
				arguments("for=192.0.2.43, for=_hidden", "10.0.0.1:1234", null),
				arguments("for=_SEVKISEK, for=10.0.0.2", "10.0.0.2:0", null),
				arguments("for=192.0.2.43, proto=https", "10.0.0.1:1234", null), // it does not say
				arguments("for=192.0.2.43 , ,for=10.0.0.2 ; , ", "192.0.2.43:0", null),
				arguments("for=192.0.2.43;ext=\"a,b;c=\\\"d\"", "192.0.2.43:0", null),
				arguments("", "10.0.0.1:1234", null),
				// nonsense
				arguments("for=2001:db8::7", "10.0.0.1:1234", null),
				arguments("for=[2001:db8::7]", "10.0.0.1:1234", null),
				arguments("for=\"192.0.2.43", "10.0.0.1:1234", null),
				arguments("for=\"192.0.2.43\\", "10.0.0.1:1234", null),
				arguments("for=192.0.2.43 for=10.0.0.2", "10.0.0.1:1234", null),
				arguments("for = 192.0.2.43", "10.0.0.1:1234", null),
				arguments("for=", "10.0.0.1:1234", null),
				arguments("for", "10.0.0.1:1234", null),
				arguments("=192.0.2.43", "10.0.0.1:1234", null),
				arguments("for=192.0.2.43, =", "10.0.0.1:1234", null),
				arguments("for=\u00e4", "10.0.0.1:1234", null),
				arguments("\"".repeat(8000), "10.0.0.1:1234", null),
				arguments("for=\"" + "\\".repeat(8000), "10.0.0.1:1234", null));
			// @formatter:on
		}

		@ParameterizedTest
		@MethodSource
		void tellsTheClient(String value, String client, @Nullable String host) {
			ForwardedClient found = client("10.0.0.1", "Forwarded", ProxyOptions.Headers.FORWARDED, value);
			assertThat(shown(found.address())).isEqualTo(client);
			assertThat(found.host()).isEqualTo(host);
		}

		/**
		 * Whatever a client writes, the address is its own or one that it has written.
		 */
		@ParameterizedTest
		@EnumSource(ProxyOptions.Headers.class)
		void neverFails(ProxyOptions.Headers form) {
			String[] parts = { "for", "host", "=", "\"", "\\", ",", ";", " ", "\t", "[", "]", ":", "_a", "unknown",
					"10.0.0.2", "203.0.113.9", "2001:db8::7", "4711", "70000", "\u00ff" };
			String name = (form == ProxyOptions.Headers.FORWARDED) ? "Forwarded" : "X-Forwarded-For";
			Random random = new Random(7239);
			for (int i = 0; i < 20_000; i++) {
				StringBuilder value = new StringBuilder();
				random.ints(random.nextInt(12), 0, parts.length).forEach((part) -> value.append(parts[part]));
				String address = shown(client("10.0.0.1", name, form, value.toString().strip()).address());
				assertThat(address).as("%s", value).endsWith(address.startsWith("10.0.0.1:") ? ":1234" : "");
			}
		}

		@Test
		void isIgnoredFromNobodyThatIsTrusted() {
			ForwardedClient found = client("203.0.113.5", "Forwarded", ProxyOptions.Headers.FORWARDED,
					"for=8.8.8.8;host=evil.test");
			assertThat(shown(found.address())).isEqualTo("203.0.113.5:1234");
			assertThat(found.host()).isNull();
		}

	}

	@Nested
	class Servers {

		private static final String[] AT_CHAT = { "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Host: chat.test" };

		private static RunningServer server(int perAddress, String... trusted) {
			return new RunningServer(new Teller(), (options) -> options.admission(new AdmissionOptions(perAddress, 0, 0,
					new ProxyOptions(List.of(trusted), ProxyOptions.Headers.X_FORWARDED))));
		}

		private static int status(RunningServer server, String... lines) {
			RawClient client = server.connect();
			client.send(RawClient.head("/", lines));
			return client.readResponse().status();
		}

		@Test
		void showTheClientToTheApplication() {
			try (RunningServer server = server(0, "127.0.0.0/8", "::1")) {
				RawClient client = server.connect().handshake("/", AT_CHAT);
				assertThat(client.readText()).isEqualTo("203.0.113.9:0");
				client.closeInOrder();
				server.expectNothingLeft();
			}
		}

		@Test
		void believeNobodyUnlessTold() {
			try (RunningServer server = server(0)) {
				RawClient client = server.connect().handshake("/", AT_CHAT);
				assertThat(client.readText()).isEqualTo("127.0.0.1:" + client.localPort());
			}
		}

		@Test
		void countSessionsOfTheClientRatherThanOfTheProxy() {
			try (RunningServer server = server(1, "127.0.0.1")) {
				RawClient one = server.connect().handshake("/", "X-Forwarded-For: 203.0.113.9");
				assertThat(one.readText()).isEqualTo("203.0.113.9:0");
				assertThat(status(server, "X-Forwarded-For: 203.0.113.9")).isEqualTo(503);
				assertThat(status(server, "X-Forwarded-For: 8.8.8.8, 203.0.113.9")).isEqualTo(503);
				assertThat(status(server, "X-Forwarded-For: 203.0.113.10")).isEqualTo(101);
				one.closeInOrder();
				server.settle();
				assertThat(status(server, "X-Forwarded-For: 203.0.113.9")).isEqualTo(101);
			}
		}

		@Test
		void countSessionsOfWhoIsNotTrustedWhateverItClaims() {
			try (RunningServer server = server(1, "10.0.0.0/8")) {
				server.connect().handshake("/", "X-Forwarded-For: 203.0.113.9");
				assertThat(status(server, "X-Forwarded-For: 203.0.113.10")).isEqualTo(503);
			}
		}

		@Test
		void compareThePagesOriginWithTheHostThatItAskedFor() {
			try (RunningServer server = server(0, "127.0.0.1")) {
				assertThat(status(server, "Origin: https://chat.test")).isEqualTo(403);
				assertThat(status(server, "Origin: https://chat.test", AT_CHAT[0], AT_CHAT[1])).isEqualTo(101);
				assertThat(status(server, "Origin: https://evil.test", AT_CHAT[0], AT_CHAT[1])).isEqualTo(403);
			}
			try (RunningServer server = server(0)) {
				assertThat(status(server, "Origin: https://chat.test", AT_CHAT[0], AT_CHAT[1])).isEqualTo(403);
			}
		}

	}

	/** Says where it thinks the client is. */
	private static final class Teller implements WsHandler {

		@Override
		public void onOpen(WsSession session) {
			session.send(shown(Objects.requireNonNull(session.handshake().remoteAddress())));
		}

	}

}
