package io.wsboot.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.wsboot.ClientBytes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request and its answer.
 *
 * @param name what it is about
 * @param head the request
 * @param status of the answer
 * @param fields lines that the answer must have; one without a value must not be there
 */
record Request(String name, String head, int status, String... fields) {

	/** A proper handshake but for one piece. */
	static String head(String piece, String replacement) {
		String head = new String(new ClientBytes().handshake().bytes(), StandardCharsets.US_ASCII);
		assertThat(head).contains(piece);
		return head.replace(piece, replacement);
	}

	/** A proper handshake with more lines. */
	static String with(String... lines) {
		return new String(new ClientBytes().handshake(String.join("\r\n", lines) + "\r\n").bytes(),
				StandardCharsets.US_ASCII);
	}

	void run(Setting setting, int port) throws IOException {
		Integer other = setting.otherAnswers().get(this.name);
		int expected = (other != null) ? other : this.status;
		assertThat(other == null || other != this.status).as("an answer is listed that is no other").isTrue();
		try (Peer peer = new Peer(setting, port)) {
			peer.send(new ClientBytes().ascii(this.head).bytes(), Cut.WHOLE);
			Peer.Response response = peer.readResponse();
			assertThat(response.status()).as("%s", response).isEqualTo(expected);
			if (other != null) {
				return;
			}
			for (String field : this.fields) {
				String[] nameAndValue = field.split(": ", 2);
				if (nameAndValue.length == 1) {
					assertThat(response.fields()).doesNotContainKey(field);
				}
				else {
					assertThat(response.fields()).containsEntry(nameAndValue[0], nameAndValue[1]);
				}
			}
			if (this.status == 101) {
				peer.closeInOrder();
			}
			else if (!setting.isBehindWebServer()) {
				peer.expectEnd();
			}
		}
	}

}
