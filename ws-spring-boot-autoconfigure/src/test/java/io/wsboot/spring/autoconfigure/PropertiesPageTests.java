package io.wsboot.spring.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/properties.md} says what the metadata says. With {@code -Dwrite-docs} it is
 * written anew.
 */
class PropertiesPageTests {

	private static final Path PAGE = Path.of("../docs/properties.md");

	private static final String HEAD = """
			# Properties

			All of `ws.server.*`. A value that makes no sense stops the start with a message that names the property. Sizes are such as `64KB`, times such as `30s`.
			In plain Java the same is set with `WsServerOptions`; beans of type `WsServerOptionsCustomizer` change what the properties have set.

			This page is written from the metadata: `mvn -pl ws-spring-boot-autoconfigure -am test -Dtest=PropertiesPageTests -Dwrite-docs -Dsurefire.failIfNoSpecifiedTests=false`.

			| property | type | default | |
			| --- | --- | --- | --- |
			""";

	private static final Map<String, String> TYPES = Map.of("org.springframework.util.unit.DataSize", "size",
			"java.time.Duration", "time", "java.lang.Integer", "number", "java.lang.Long", "number",
			"java.lang.Boolean", "`true` · `false`", "java.lang.String", "text", "java.net.InetAddress", "address",
			"java.util.List<java.lang.String>", "list");

	@Test
	void isUpToDate() throws Exception {
		String page = page();
		if (System.getProperty("write-docs") != null) {
			Files.writeString(PAGE, page);
		}
		assertThat(PAGE).as("write it anew with -Dwrite-docs").content().isEqualTo(page);
	}

	private static String page() throws IOException, ClassNotFoundException {
		StringBuilder page = new StringBuilder(HEAD);
		for (Map.Entry<String, JsonNode> property : Metadata.read().entrySet()) {
			JsonNode of = property.getValue();
			page.append("| `")
				.append(property.getKey())
				.append("` | ")
				.append(type(of.get("type").asString()))
				.append(" | ")
				.append(byDefault(of.path("defaultValue")))
				.append(" | ")
				.append(of.get("description").asString().replaceAll("\\s+", " ").replace("|", "\\|"))
				.append(" |\n");
		}
		return page.toString();
	}

	private static String byDefault(JsonNode value) {
		boolean none = value.isMissingNode() || value.isEmpty() && value.isArray();
		return none ? "" : "`" + value.asString() + "`";
	}

	private static String type(String name) throws ClassNotFoundException {
		String known = TYPES.get(name);
		if (known != null) {
			return known;
		}
		Class<?> type = Class.forName(name.replaceAll("<.*", ""));
		assertThat(type.isEnum()).as("%s has a name on the page", name).isTrue();
		return Arrays.stream(type.getEnumConstants())
			.map((value) -> "`" + String.valueOf(value).toLowerCase(Locale.ROOT).replace('_', '-') + "`")
			.collect(Collectors.joining(" · "));
	}

}
