package io.wsboot.spring.autoconfigure;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class MetadataTests {

	/** Those that are off, or taken from the machine, unless set. */
	private static final Set<String> WITHOUT_DEFAULT = Set.of("ws.server.address", "ws.server.event-loops",
			"ws.server.max-lifetime", "ws.server.max-connections-per-address",
			"ws.server.max-connections-per-principal", "ws.server.max-handshakes-per-second",
			"ws.server.inbound.max-bytes-per-second", "ws.server.inbound.max-messages-per-second",
			"ws.server.outbound.max-total-queued", "ws.server.ssl.bundle");

	@TestFactory
	Stream<DynamicTest> everyPropertyIsDescribed() throws Exception {
		return Metadata.read()
			.entrySet()
			.stream()
			.map((property) -> DynamicTest.dynamicTest(property.getKey(), () -> check(property)));
	}

	private static void check(Map.Entry<String, JsonNode> property) {
		assertThat(property.getValue().path("description").asString("")).matches("(?s)[A-Z].{15,}[^ ]\\.");
		// the processor takes the first @param whose name only begins with the property's
		assertThat(property.getValue().path("description").asString("")).doesNotMatch("(?s)[A-Z][a-z]+ [A-Z][a-z]+ .*");
		assertThat(property.getValue().has("defaultValue")).as("default")
			.isEqualTo(!WITHOUT_DEFAULT.contains(property.getKey()));
	}

	@Test
	void thereAreProperties() throws Exception {
		assertThat(Metadata.read()).hasSize(43);
	}

}
