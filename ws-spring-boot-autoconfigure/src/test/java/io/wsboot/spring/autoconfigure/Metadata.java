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

	static Map<String, JsonNode> read() throws IOException {
		Map<String, JsonNode> properties = new TreeMap<>();
		Enumeration<URL> files = Metadata.class.getClassLoader()
			.getResources("META-INF/spring-configuration-metadata.json");
		for (URL file : Collections.list(files)) {
			try (InputStream in = file.openStream()) {
				for (JsonNode property : JsonMapper.builder().build().readTree(in).get("properties")) {
					String name = property.get("name").asString();
					if (name.startsWith("ws.")) {
						properties.put(name, property);
					}
				}
			}
		}
		return properties;
	}

}
