package io.wsboot.sample;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ChatTextTest {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', textBlock = """
			Ann,                                 Ann
			"  Ann   Lee ",                      Ann Lee
			"A\u0000n\u202En\u200B",             Ann
			"line\nbreak",                       line break
			"",                                  guest
			"\u200B \u00A0",                     guest
			123456789012345678901234567,         123456789012345678901234
			""")
	void namesAreShortAndVisible(String wanted, String name) {
		assertThat(ChatText.name(Optional.of(wanted))).isEqualTo(name);
	}

	@Test
	void aNameIsCutBetweenCodePoints() {
		assertThat(ChatText.name(Optional.of("🌍".repeat(30)))).isEqualTo("🌍".repeat(24));
	}

	@Test
	void whoSaysNoNameIsAGuest() {
		assertThat(ChatText.name(Optional.empty())).isEqualTo("guest");
	}

	@ParameterizedTest
	@ValueSource(strings = { "lobby", "café noir", "日本", "12345678901234567890123456789012" })
	void rooms(String room) {
		assertThat(ChatText.isRoom(room)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", " ", " lobby", "two  blanks", "a\tb", "a\u202Eb", "123456789012345678901234567890123" })
	void notRooms(String room) {
		assertThat(ChatText.isRoom(room)).isFalse();
	}

	@Test
	void aLineKeepsItsBreaksAndLosesWhatCannotBeSeen() {
		assertThat(ChatText.line("  one\r\ntwo\u0007\u202E three\n")).isEqualTo("one\ntwo three");
	}

}
