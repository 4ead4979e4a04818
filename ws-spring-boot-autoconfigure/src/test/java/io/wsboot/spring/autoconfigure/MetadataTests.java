package io.wsboot.spring.autoconfigure;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class MetadataTests {

	/** Those that are off, or taken from what there is, unless set. */
	private static final Set<String> WITHOUT_DEFAULT = Set.of("ws.server.address", "ws.server.event-loops",
			"ws.server.max-frame-size", "ws.server.ping-interval", "ws.server.pong-timeout",
			"ws.server.outbound.high-water-mark", "ws.server.max-lifetime", "ws.server.max-connections-per-address",
			"ws.server.max-connections-per-principal", "ws.server.max-handshakes-per-second",
			"ws.server.inbound.max-bytes-per-second", "ws.server.inbound.max-messages-per-second",
			"ws.server.inbound.max-total-pending", "ws.server.observations.enabled",
			"ws.server.outbound.max-total-queued", "ws.server.ssl.bundle", "ws.server.health-path",
			"ws.server.unix-permissions", "ws.server.port", "ws.server.web.enabled");

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

	/** An editor knows the values of an enum from its type. */
	@Test
	void everyDefaultOfAnEnumIsOneOfItsValues() throws Exception {
		int enums = 0;
		for (JsonNode property : Metadata.read().values()) {
			Class<?> type = typeOf(property);
			if (type.isEnum()) {
				enums++;
				assertThat(type.getEnumConstants()).extracting((value) -> canonical(String.valueOf(value)))
					.as(property.get("name").asString())
					.contains(property.get("defaultValue").asString());
			}
		}
		assertThat(enums).isGreaterThanOrEqualTo(3);
	}

	@Test
	void hintsAreAboutPropertiesThatThereAreAndSayWhatTheirValuesDo() throws Exception {
		assertThat(Metadata.read()).containsKeys(Metadata.hints().keySet().toArray(new String[0]));
		assertThat(Metadata.hints()).containsKeys("ws.server.allowed-origins", "ws.server.port",
				"ws.server.compression.level");
		for (JsonNode hint : Metadata.hints().values()) {
			assertThat(hint.path("values")).as(hint.get("name").asString()).isNotEmpty();
			for (JsonNode value : hint.get("values")) {
				assertThat(value.path("description").asString("")).matches("[A-Z].*\\.");
			}
			assertThat(hint.path("providers").path(0).path("name").asString()).as("other values are allowed")
				.isEqualTo("any");
		}
	}

	private static Class<?> typeOf(JsonNode property) throws ClassNotFoundException {
		String name = property.get("type").asString();
		int generic = name.indexOf('<');
		return Class.forName((generic > 0) ? name.substring(0, generic) : name);
	}

	private static String canonical(String constant) {
		return constant.toLowerCase(Locale.ROOT).replace('_', '-');
	}

	@Test
	void thereAreProperties() throws Exception {
		assertThat(Metadata.read()).hasSize(67);
	}

}
