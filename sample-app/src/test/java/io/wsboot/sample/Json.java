package io.wsboot.sample;

import io.wsboot.spring.test.WsTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads messages that are JSON. */
final class Json {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private Json() {
	}

	/** The next message of a client. */
	static JsonNode next(WsTestClient client) {
		return MAPPER.readTree(client.nextText());
	}

}
