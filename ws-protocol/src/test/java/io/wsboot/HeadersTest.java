package io.wsboot;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.wsboot.Headers.Field;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HeadersTest {

	private static final Headers HEADERS = Headers.empty().with("A", "1").with("B", "2").with("a", "3");

	@Nested
	class Fields {

		@Test
		void areFoundWithoutRegardToCase() {
			assertThat(HEADERS.first("a")).contains("1");
			assertThat(HEADERS.all("A")).containsExactly("1", "3");
			assertThat(HEADERS.first("b")).contains("2");
			assertThat(HEADERS.first("c")).isEmpty();
			assertThat(HEADERS.all("c")).isEmpty();
		}

		@Test
		void keepTheirOrderAndTheirSpelling() {
			assertThat(HEADERS.fields()).containsExactly(new Field("A", "1"), new Field("B", "2"), new Field("a", "3"));
		}

		@Test
		void cannotBeChanged() {
			List<Field> fields = new ArrayList<>(List.of(new Field("A", "1")));
			Headers headers = Headers.of(fields);
			fields.clear();
			assertThat(headers.fields()).hasSize(1);
			assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(() -> headers.fields().add(new Field("B", "2")));
			headers.with("B", "2");
			assertThat(headers.first("B")).isEmpty();
		}

		@Test
		void areAValue() {
			assertThat(HEADERS).isEqualTo(Headers.of(HEADERS.fields())).hasSameHashCodeAs(Headers.of(HEADERS.fields()));
			assertThat(HEADERS).isNotEqualTo(Headers.empty());
			assertThat(Headers.of(List.of())).isSameAs(Headers.empty());
		}

		@Test
		void showNoValues() {
			assertThat(Headers.empty().with("Cookie", "secret").with("X", "secret")).hasToString("[cookie, x]");
		}

	}

	/** Common ones are kept as numbers, which nobody must notice. */
	@Nested
	class WhatABrowserSends {

		private static final List<Field> FIELDS = List.of(new Field("Host", "server.test:8090"),
				new Field("Connection", "Upgrade"), new Field("connection", "Upgrade"),
				new Field("Connection", "upgrade"), new Field("Upgrade", "websocket"),
				new Field("User-Agent", "x".repeat(127)), new Field("Cookie", "y".repeat(128)),
				new Field("X-Odd", "z".repeat(20_000)), new Field("n".repeat(300), "\u00E9"), new Field("Origin", ""),
				new Field("Sec-WebSocket-Version", "13"), new Field("Sec-WebSocket-Version", "8"));

		@Test
		void comesBackAsItWasWritten() {
			Headers headers = Headers.of(FIELDS);
			assertThat(headers.fields()).isEqualTo(FIELDS);
			assertThat(headers.all("CONNECTION")).containsExactly("Upgrade", "Upgrade", "upgrade");
			assertThat(headers.all("sec-websocket-version")).containsExactly("13", "8");
			assertThat(headers.first("x-oDD")).contains("z".repeat(20_000));
			assertThat(headers.first("N".repeat(300))).contains("\u00E9");
			assertThat(headers.first("origin")).contains("");
		}

		@Test
		void isFoundByNoOtherName() {
			Headers headers = Headers.of(FIELDS);
			for (String name : List.of("", "Hos", "Hosts", "\u212Aonnection", "Upgrade\0", "n".repeat(299), "host:")) {
				assertThat(headers.first(name)).as(name).isEmpty();
			}
			// U+212A is an old Kelvin sign, which some comparisons take for a k
			assertThat(Headers.empty().with("Cookie", "1").first("Coo\u212Aie")).isEmpty();
		}

	}

	@Nested
	class Rfc9112Section5_Lines {

		private static Headers ofLines(String lines) {
			byte[] bytes = ("before" + lines + "behind").getBytes(StandardCharsets.ISO_8859_1);
			return Headers.ofLines(bytes, 6, bytes.length - 6);
		}

		@Test
		void areTheSameAsTheirFields() {
			StringBuilder lines = new StringBuilder();
			for (Field field : WhatABrowserSends.FIELDS) {
				lines.append(field.name()).append(":\t ").append(field.value()).append(" \t\r\n");
			}
			assertThat(ofLines(lines.toString())).isEqualTo(Headers.of(WhatABrowserSends.FIELDS));
			assertThat(ofLines(lines.toString()).fields()).isEqualTo(WhatABrowserSends.FIELDS);
		}

		@Test
		void mayBeNone() {
			assertThat(ofLines("")).isSameAs(Headers.empty());
		}

		@Test
		void mayHaveEmptyValuesAndAnyBlanksWithin() {
			assertThat(ofLines("a:\r\nb: \t\r\nc:d: \te\r\n").fields()).containsExactly(new Field("a", ""),
					new Field("b", ""), new Field("c", "d: \te"));
		}

		@ParameterizedTest
		@ValueSource(strings = { "a", "a:", "a:b", "a:b\r", "a:b\n", "a:b\n\r\n", "a:b\rc\r\n", ":b\r\n", "a b:c\r\n",
				"a :b\r\n", " a:b\r\n", "\r\n", "a:b\r\n\r\n", "a:b\r\nc", "a:\u0000\r\n", "a:\u007F\r\n",
				"\u00E9:b\r\n", "a:b\r\n c\r\n" })
		void areNothingElse(String lines) {
			assertThatIllegalArgumentException().isThrownBy(() -> ofLines(lines))
				.withMessageEndingWith("(RFC 9112 §5)");
		}

		@Test
		void areWithinTheArray() {
			assertThatExceptionOfType(IndexOutOfBoundsException.class)
				.isThrownBy(() -> Headers.ofLines(new byte[4], 2, 5));
		}

	}

	@Nested
	class CommonOnes {

		@Test
		void areFoundWhateverElseThereIs() {
			for (int number = 0; number < 24; number++) {
				Field field = CommonFields.field(number);
				for (String end : List.of("", "x")) {
					Field other = new Field(field.name(), field.value() + end);
					Headers headers = Headers.of(List.of(new Field("X", "1"), other));
					assertThat(headers.fields()).containsExactly(new Field("X", "1"), other);
					assertThat(headers.first(field.name().toLowerCase(Locale.ROOT))).contains(other.value());
				}
			}
		}

		@Test
		void canBeAddedToOthers() {
			Headers headers = Headers.empty();
			for (int number = 0; number < 24; number++) {
				headers = headers.with(CommonFields.field(number).name(), CommonFields.field(number).value());
			}
			assertThat(headers.fields()).hasSize(24).startsWith(CommonFields.field(0)).endsWith(CommonFields.field(23));
			assertThat(headers).isEqualTo(Headers.of(headers.fields()));
		}

	}

	@Nested
	class Rfc9110Section5_6_1_Lists {

		@Test
		void runOverAllOccurrences() {
			Headers headers = Headers.empty().with("L", "a, b").with("X", "no").with("l", " ,c ,\td\t,, ");
			assertThat(headers.list("L")).containsExactly("a", "b", "c", "d");
			assertThat(headers.list("M")).isEmpty();
		}

		@Test
		void membersAreComparedWithoutRegardToCaseAndWhole() {
			Headers headers = Headers.empty().with("Connection", "keep-alive, Upgrade");
			assertThat(headers.lists("connection", "upgrade")).isTrue();
			assertThat(headers.lists("connection", "grade")).isFalse();
			assertThat(headers.lists("upgrade", "upgrade")).isFalse();
		}

	}

	@Nested
	class WhatAFieldMayHold {

		@ParameterizedTest
		@ValueSource(strings = { "", " ", "A B", "A:", "A\r\n", "\u00E9", "\u0130", "A\u0000", "(", "A," })
		void namesThatAreNoTokens(String name) {
			assertThatIllegalArgumentException().isThrownBy(() -> new Field(name, ""))
				.withMessageEndingWith("(RFC 9110 §5.6.2)");
		}

		@Test
		void tokens() {
			String token = "!#$%&'*+-.^_`|~019azAZ";
			assertThat(new Field(token, "").name()).isEqualTo(token);
		}

		@Test
		void everyByteThatIsNoControlByteIsAValue() {
			for (int c = 0; c <= 0x1FF; c++) {
				String value = "a" + (char) c;
				if (c == '\t' || (c >= ' ' && c != 0x7F && c <= 0xFF)) {
					assertThat(new Field("A", value).value()).isEqualTo(value);
				}
				else {
					assertThatIllegalArgumentException().as("%x", c)
						.isThrownBy(() -> new Field("A", value))
						.withMessageContaining("header A")
						.withMessageEndingWith("(RFC 9110 §5.5)");
				}
			}
		}

	}

}
