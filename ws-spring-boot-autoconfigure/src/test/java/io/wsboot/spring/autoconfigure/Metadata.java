package io.wsboot.spring.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;

import java.net.URL;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What editors know of our properties.
 */
final class Metadata {

	private Metadata() {
	}

	/** What is known of each property, by name. */
	static Map<String, JsonNode> read() throws IOException {
		return read("properties");
	}

	/** What is known of the values of some properties, by name. */
	static Map<String, JsonNode> hints() throws IOException {
		return read("hints");
	}

	private static Map<String, JsonNode> read(String section) throws IOException {
		Map<String, JsonNode> found = new TreeMap<>();
		Enumeration<URL> files = Metadata.class.getClassLoader()
			.getResources("META-INF/spring-configuration-metadata.json");
		for (URL file : Collections.list(files)) {
			try (InputStream in = file.openStream()) {
				for (JsonNode entry : JsonMapper.builder().build().readTree(in).path(section)) {
					String name = entry.get("name").asString();
					if (name.startsWith("ws.")) {
						found.put(name, entry);
					}
				}
			}
		}
		return found;
	}

}
