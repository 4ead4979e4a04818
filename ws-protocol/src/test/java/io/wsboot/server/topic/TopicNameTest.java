package io.wsboot.server.topic;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TopicNameTest {

	@ParameterizedTest
	@CsvSource({ "a, 255", "/, 1", "\u00E9, 127", "\u20AC, 85", "\uD83D\uDE00, 63" })
	void hasUpTo255BytesOfUtf8(String part, int most) {
		String longest = part.repeat(most);
		assertThat(TopicName.require(longest)).isSameAs(longest);
	}

	@ParameterizedTest
	@CsvSource({ "a, 256", "\u00E9, 128", "\u20AC, 86", "\uD83D\uDE00, 64", "a, 100000" })
	void hasNoMore(String part, int times) {
		assertThatIllegalArgumentException().isThrownBy(() -> TopicName.require(part.repeat(times)))
			.withMessageContaining("1 to 255 bytes");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\uD83D", "a\uDE00", "\uD83Da", "\uDE00\uD83D" })
	void isNeitherEmptyNorUnencodable(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> TopicName.require(name));
	}

}
