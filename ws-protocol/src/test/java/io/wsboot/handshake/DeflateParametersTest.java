package io.wsboot.handshake;

import io.wsboot.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Offers of RFC 7692 §7.1, and what they are answered with.
 */
class DeflateParametersTest {

	/** The answer to the fields of a request; null if there is none. */
	private static @Nullable String answer(boolean serverKeeps, boolean clientKeeps, String... fields) {
		Headers headers = Headers.empty().with("Host", "example.com");
		for (String field : fields) {
			headers = headers.with("sec-websocket-extensions", field);
		}
		DeflateParameters agreed = DeflateParameters.agree(headers, serverKeeps, clientKeeps);
		return (agreed != null) ? agreed.toAnswer() : null;
	}

	/** The answer of a server that would keep both windows. */
	private static @Nullable String answer(String... fields) {
		return answer(true, true, fields);
	}

	@Nested
	class Section7_1_Parameters {

		@ParameterizedTest
		@CsvSource(delimiter = '|',
				textBlock = """
						permessage-deflate                                       | permessage-deflate
						permessage-deflate; server_no_context_takeover           | permessage-deflate; server_no_context_takeover
						permessage-deflate; client_no_context_takeover           | permessage-deflate; client_no_context_takeover
						permessage-deflate; server_max_window_bits=8             | permessage-deflate; server_max_window_bits=8
						permessage-deflate; server_max_window_bits=14            | permessage-deflate; server_max_window_bits=14
						permessage-deflate; server_max_window_bits="9"           | permessage-deflate; server_max_window_bits=9
						permessage-deflate; server_max_window_bits=15            | permessage-deflate; server_max_window_bits=15
						permessage-deflate; client_max_window_bits               | permessage-deflate
						permessage-deflate; client_max_window_bits=8             | permessage-deflate
						permessage-deflate; client_max_window_bits=15            | permessage-deflate
						permessage-deflate; server_max_window_bits=10; client_max_window_bits=11; client_no_context_takeover; \
						server_no_context_takeover | permessage-deflate; server_no_context_takeover; \
						client_no_context_takeover; server_max_window_bits=10
						""")
		void areHonoured(String offer, String answer) {
			assertThat(answer(offer)).isEqualTo(answer);
		}

		@ParameterizedTest
		@ValueSource(strings = { "server_max_window_bits", "server_max_window_bits=7", "server_max_window_bits=16",
				"server_max_window_bits=08", "server_max_window_bits=+9", "server_max_window_bits=1e1",
				"server_max_window_bits=0", "server_max_window_bits=010", "server_max_window_bits=99999999999999999999",
				"client_max_window_bits=7", "client_max_window_bits=16", "client_max_window_bits=010",
				"client_max_window_bits=true", "server_no_context_takeover=1", "client_no_context_takeover=true",
				"client_no_context_takeover=\"8\"", "unknown", "unknown=1", "Server_No_Context_Takeover",
				"server_no_context_takeover; server_no_context_takeover",
				"client_no_context_takeover; server_max_window_bits=9; client_no_context_takeover",
				"server_max_window_bits=9; server_max_window_bits=9",
				"client_max_window_bits; client_max_window_bits=9" })
		void nonsenseIsDeclined(String parameters) {
			assertThat(answer("permessage-deflate; " + parameters)).isNull();
			assertThat(answer("permessage-deflate; " + parameters + ", permessage-deflate; server_max_window_bits=9"))
				.isEqualTo("permessage-deflate; server_max_window_bits=9");
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', textBlock = """
				false | false | permessage-deflate; server_no_context_takeover; client_no_context_takeover
				false | true  | permessage-deflate; server_no_context_takeover
				true  | false | permessage-deflate; client_no_context_takeover
				true  | true  | permessage-deflate
				""")
		void aServerMayForgetUnasked(boolean serverKeeps, boolean clientKeeps, String answer) {
			assertThat(answer(serverKeeps, clientKeeps, "permessage-deflate; client_max_window_bits"))
				.isEqualTo(answer);
		}

		@Test
		void whatIsAgreedIsWhatIsAnswered() {
			Headers headers = Headers.empty()
				.with("Sec-WebSocket-Extensions",
						"permessage-deflate; server_max_window_bits=9; client_no_context_takeover");
			assertThat(DeflateParameters.agree(headers, true, true)).isEqualTo(new DeflateParameters(false, true, 9));
			assertThat(DeflateParameters.agree(headers, false, true)).isEqualTo(new DeflateParameters(true, true, 9));
		}

	}

	@Nested
	class Section5_1_SeveralOffers {

		@Test
		void theFirstThatCanBeHonouredWins() {
			assertThat(answer("permessage-deflate; server_max_window_bits=10, permessage-deflate"))
				.isEqualTo("permessage-deflate; server_max_window_bits=10");
			assertThat(answer("permessage-deflate, permessage-deflate; server_max_window_bits=10"))
				.isEqualTo("permessage-deflate");
			assertThat(answer("permessage-bzip2, x-webkit-deflate-frame, permessage-deflate; a=b, "
					+ "permessage-deflate; client_no_context_takeover"))
				.isEqualTo("permessage-deflate; client_no_context_takeover");
		}

		@Test
		void fieldsAreOneList() {
			assertThat(answer("permessage-deflate; server_max_window_bits=20", "foo",
					"bar, permessage-deflate; server_max_window_bits=11", "permessage-deflate"))
				.isEqualTo("permessage-deflate; server_max_window_bits=11");
		}

		@Test
		void otherExtensionsAreNotAnswered() {
			assertThat(answer()).isNull();
			assertThat(answer("foo; server_max_window_bits=9, permessage-deflates, PERMESSAGE-DEFLATE")).isNull();
		}

	}

	@Nested
	class Rfc6455Section9_1 {

		@ParameterizedTest
		@ValueSource(strings = { "permessage-deflate;", "permessage-deflate; server_max_window_bits=",
				"permessage-deflate, ;", "permessage-deflate; =9", "permessage-deflate client_max_window_bits" })
		void textThatBreaksTheGrammarIsAnError(String field) {
			assertThatExceptionOfType(MalformedRequest.class).isThrownBy(() -> answer(field))
				.satisfies((fault) -> assertThat(fault.refusal().status()).isEqualTo(400));
		}

	}

}
