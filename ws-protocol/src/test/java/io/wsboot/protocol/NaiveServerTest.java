package io.wsboot.protocol;

import java.util.Arrays;

import io.wsboot.ClientBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The model against examples worked out by hand: it must not be wrong in the same way as
 * what it is compared with.
 */
class NaiveServerTest {

	/** RFC 6455 §5.7: the masked text "Hello". */
	private static final String HELLO = "81 85 37 fa 21 3d 7f 9f 4d 51 58";

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			81 85 37 fa 21 3d 7f 9f 4d 51 58                  | text Hello
			01 81 00 00 00 00 48 80 81 00 00 00 00 69         | text Hi
			82 82 ff 00 ff 00 ff 00                           | binary 0000
			89 82 00 00 00 00 01 02                           | ping 0102, sends 8A020102
			8a 80 00 00 00 00                                 | pong\s
			88 80 00 00 00 00                                 | sends 8800, closed PEER 1005
			88 84 00 00 00 00 03 e8 6f 6b                     | sends 880203E8, closed PEER 1000 ok
			88 81 00 00 00 00 03                              | sends close 1002, closed VIOLATION 1002
			81 05 48 65 6c 6c 6f                              | sends close 1002, closed VIOLATION 1002
			81 81 00 00 00 00 ff                              | sends close 1007, closed VIOLATION 1007
			81 ff 00 00 00 00 00 10 00 00 00 00 00 00         | sends close 1009, closed VIOLATION 1009
			""", ignoreLeadingAndTrailingWhitespace = true)
	void readsFrames(String hex, String events) {
		assertThat(NaiveServer.events(Exchange.LIMITS, new ClientBytes().hex(hex).bytes()))
			.containsExactly(events.replace("pong", "pong ").split(", "));
	}

	@Test
	void endsItsMessagesWhereItCloses() {
		byte[] wire = new ClientBytes().hex(HELLO + HELLO).text("x").close(1001, "").bytes();
		assertThat(NaiveServer.events(Exchange.LIMITS, wire, 0)).containsExactly("sends 880203E8", "closed LOCAL 1000");
		assertThat(NaiveServer.events(Exchange.LIMITS, wire, 10)).containsExactly("sends 880203E8",
				"closed LOCAL 1000");
		assertThat(NaiveServer.events(Exchange.LIMITS, wire, 11)).containsExactly("text Hello", "sends 880203E8",
				"closed LOCAL 1000");
		assertThat(NaiveServer.events(Exchange.LIMITS, wire, wire.length)).containsExactly("text Hello", "text Hello",
				"text x", "sends 880203E9", "closed PEER 1001");
	}

	@Test
	void asksForMoreBytes() {
		byte[] wire = new ClientBytes().hex(HELLO).bytes();
		for (int length = 0; length < wire.length; length++) {
			assertThat(NaiveServer.events(Exchange.LIMITS, Arrays.copyOf(wire, length))).isEmpty();
		}
	}

}
