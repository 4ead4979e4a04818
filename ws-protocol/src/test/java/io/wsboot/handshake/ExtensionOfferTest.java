package io.wsboot.handshake;

import java.util.List;

import io.wsboot.handshake.ExtensionOffer.Parameter;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ExtensionOfferTest {

	@Nested
	class Rfc6455Section9_1 {

		@Test
		void noFieldMeansNoOffer() {
			assertThat(ExtensionOffer.parseAll(List.of())).isEmpty();
		}

		/** RFC 9110 §5.6.1.2: some gateways add a field with nothing in it. */
		@ParameterizedTest
		@ValueSource(strings = { "", " ", ",", ", ,", "\t,,\t" })
		void anEmptyListMeansNoOffer(String value) {
			assertThat(ExtensionOffer.parseAll(List.of(value))).isEmpty();
			assertThat(ExtensionOffer.parseAll(List.of(value, "foo", value)))
				.containsExactly(new ExtensionOffer("foo", List.of()));
		}

		@Test
		void aNameAlone() {
			assertThat(ExtensionOffer.parseAll(List.of("foo"))).containsExactly(new ExtensionOffer("foo", List.of()));
		}

		@Test
		void offersAndParametersInOrder() {
			assertThat(ExtensionOffer.parseAll(
					List.of("permessage-deflate; client_max_window_bits; server_max_window_bits=10, permessage-deflate",
							"bar")))
				.containsExactly(
						new ExtensionOffer("permessage-deflate",
								List.of(new Parameter("client_max_window_bits", null),
										new Parameter("server_max_window_bits", "10"))),
						new ExtensionOffer("permessage-deflate", List.of()), new ExtensionOffer("bar", List.of()));
		}

		@ParameterizedTest
		@ValueSource(strings = { "a;b=c", "a ; b = c", "\ta\t;\tb\t=\tc\t", "a; b=\"c\"", "a; b=\"\\c\"", ", a; b=c ,,",
				"a;b= \"c\"" })
		void oneThingWrittenInSeveralWays(String value) {
			assertThat(ExtensionOffer.parseAll(List.of(value)))
				.containsExactly(new ExtensionOffer("a", List.of(new Parameter("b", "c"))));
		}

		@Test
		void parametersMayRepeat() {
			assertThat(ExtensionOffer.parseAll(List.of("a; b; b=1")).get(0).parameters())
				.containsExactly(new Parameter("b", null), new Parameter("b", "1"));
		}

		@ParameterizedTest
		@ValueSource(strings = { ";", ",;", "a;", "a;;b", "a; =b", "a; b=", "a; b=;", "a b", "a; b c", "a; b==c",
				"a; b=\"", "a; b=\"c", "a; b=\"c\\", "a; b=\"\"", "a; b=\"c d\"", "a; b=\"c\"d", "a=b", "a/b", "\"a\"",
				"caf\u00E9", "a; b=\"\\\"\"" })
		void malformed(String value) {
			assertThatExceptionOfType(MalformedRequest.class).isThrownBy(() -> ExtensionOffer.parseAll(List.of(value)))
				.withMessageEndingWith("(RFC 6455 §9.1)")
				.satisfies((fault) -> assertThat(fault.refusal().status()).isEqualTo(400));
		}

	}

}
