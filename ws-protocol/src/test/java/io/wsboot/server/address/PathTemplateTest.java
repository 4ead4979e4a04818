package io.wsboot.server.address;

import java.util.Map;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PathTemplateTest {

	@Nested
	class Templates {

		@ParameterizedTest
		@ValueSource(strings = { "/", "/ws", "/a/b/c", "/v1.0/ws", "/...", "/a-b_c~d!$&'()*+,=:@e", "/{a}",
				"/{_a1}/{$b}", "/chat/{room}/x", "/{caf\u00E9}" })
		void thatAreGood(String text) {
			assertThat(PathTemplate.parse(text)).hasToString(text);
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', quoteCharacter = '"',
				value = { "\"\"|must begin with a slash", "ws|write \"/ws\"", "{a}|write \"/{a}\"",
						"http://h/ws|must begin with a slash", "//|empty segment", "/ws/|slash at the end",
						"//ws|double slashes", "/a//b|double slashes", "/.|leave it out", "/a/..|leave it out",
						"/a/../b|leave it out", "/a?b|not allowed", "/a#b|not allowed", "/a;b|not allowed",
						"/%61|not allowed", "/a b|not allowed", "/caf\u00E9|ASCII", "/a\\b|not allowed",
						"/{|variable in part", "/{a|variable in part", "/a}|variable in part",
						"/x{a}|a variable takes a whole segment", "/{a}x|a variable takes a whole segment",
						"/{a}{b}|no Java identifier", "/{}|no Java identifier", "/{1a}|no Java identifier",
						"/{a b}|no Java identifier", "/{a-b}|no Java identifier", "/{a:.*}|no Java identifier",
						"/{a}/{a}|a name of its own" })
		void thatAreNot(String text, String advice) {
			assertThatIllegalArgumentException().isThrownBy(() -> PathTemplate.parse(text))
				.withMessageStartingWith("endpoint path \"" + text + "\" ")
				.withMessageContaining(advice);
		}

	}

	@Nested
	class LiteralPaths {

		@Test
		void areEqualToThemselves() {
			for (String path : new String[] { "/", "/ws", "/a/b", "/a:b@c" }) {
				assertThat(PathTemplate.parse(path).match(path)).isEmpty();
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "/", "/ws/", "//ws", "/WS", "/Ws", "/%77s", "/%77%73", "/ws;x=1", "/ws;", "/;/ws",
				"/./ws", "/ws/.", "/x/../ws", "/ws/..", "/ws%2F", "/ws%00", "/ws%20", "/ws/x", "/w", "/wss", "ws",
				"xws", "/ws?", "/ws#", "\\ws", "/ws\\", "/ws ", " /ws", "/{ws}" })
		void haveNoOtherSpelling(String path) {
			assertThat(PathTemplate.parse("/ws").match(path)).isNull();
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "//", "/.", "/%2F", "/;", "/a" })
		void norHasTheRoot(String path) {
			assertThat(PathTemplate.parse("/").match(path)).isNull();
		}

	}

	@Nested
	class Variables {

		private final PathTemplate template = PathTemplate.parse("/chat/{room}");

		@ParameterizedTest
		@CsvSource({ "java, java", "a%20b, a b", "a+b, a+b", "%C3%A9%E2%82%AC%F0%9F%98%80, \u00E9\u20AC\uD83D\uDE00",
				"a;x=1, a;x=1", "..., ...", ".a, .a", "%41%4a%4A, AJJ", "%25, %", "%2525, %25", "%7Bx%7D, {x}",
				"a%3Fb%23, a?b#", "%EF%BF%BF, \uFFFF" })
		void takeOneDecodedSegment(String raw, String value) {
			assertThat(this.template.match("/chat/" + raw)).containsExactly(Map.entry("room", value));
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "/", "a/", "/a", "a/b", ".", "..", "%2E", "%2e%2E", ".%2e", "a%2Fb", "%2f",
				"a%5Cb", "a\\b", "%00", "a%00", "%0A", "%0d", "%1F", "%7F", "%C2%80", "%C2%9F", "%", "%4", "%4x", "%x4",
				"a%", "%-1", "%+1", "% 1" })
		void takeNothingElse(String raw) {
			assertThat(this.template.match("/chat/" + raw)).isNull();
		}

		/** Unicode Standard, table 3-7. */
		@ParameterizedTest
		@ValueSource(strings = { "%80", "%C3", "%C3x", "%C0%AF", "%C0%80", "%C1%81", "%E0%80%AF", "%E2%82", "%ED%A0%80",
				"%ED%BF%BF", "%F0%80%80%AF", "%F4%90%80%80", "%F5%80%80%80", "%FE", "%FF", "\u00E9", "\u00C3\u00A9",
				"\uFF05", "%\uFF14\uFF11" })
		void takeNoBrokenUtf8(String raw) {
			assertThat(this.template.match("/chat/" + raw)).isNull();
		}

		@ParameterizedTest
		@ValueSource(strings = { "/chat", "/Chat/a", "/%63hat/a", "//chat/a", "/chat//a", "/x/chat/a", "chat/a", "" })
		void leaveTheRestOfThePathLiteral(String path) {
			assertThat(this.template.match(path)).isNull();
		}

		@Test
		void mayBeSeveral() {
			assertThat(PathTemplate.parse("/{a}/x/{b}").match("/1/x/2")).containsOnly(Map.entry("a", "1"),
					Map.entry("b", "2"));
			assertThat(PathTemplate.parse("/{a}/x/{b}").match("/1/y/2")).isNull();
		}

		@Test
		void doNotStandForTheRoot() {
			assertThat(PathTemplate.parse("/{a}").match("/")).isNull();
			assertThat(PathTemplate.parse("/{a}").match("//")).isNull();
		}

	}

}
