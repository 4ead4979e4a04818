package io.wsboot.readme;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;

import io.wsboot.sample.SampleApplication;
import io.wsboot.server.WsServer;
import io.wsboot.spring.test.WsTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * README.md shows the code of this package, and that code works. docs/reference.md lists
 * all properties.
 */
@SpringBootTest(classes = { SampleApplication.class, RoomEndpoint.class, GrepEndpoint.class },
		webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "ws.server.port=0")
class ReadmeTest {

	private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	private static final Pattern FIRST_COLUMN = Pattern.compile("(?m)^\\|([^|]*)\\|");

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	@Value("${local.ws.port}")
	private int port;

	@ParameterizedTest
	@CsvSource({ "0, RoomEndpoint.java", "1, PlainEcho.java", "2, GrepEndpoint.java", "3, RoomEndpointTest.java" })
	void showsTheCodeThatIsTested(int block, String file) throws IOException {
		List<String> blocks = JAVA_BLOCK.matcher(readme())
			.results()
			.map((MatchResult result) -> result.group(1))
			.toList();
		assertThat(blocks).hasSize(4);
		String source = Files.readString(Path.of("src/test/java/io/wsboot/readme", file));
		assertThat(withoutIndentation(source)).contains(withoutIndentation(blocks.get(block)));
	}

	@Test
	void listsEveryProperty() throws IOException {
		List<String> properties = new ArrayList<>();
		for (URL metadata : Collections
			.list(getClass().getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream input = metadata.openStream()) {
				JsonMapper.shared()
					.readTree(input)
					.path("properties")
					.valueStream()
					.map((property) -> property.path("name").stringValue())
					.filter((name) -> name.startsWith("ws.server."))
					.map((name) -> name.substring("ws.server.".length()))
					.forEach(properties::add);
			}
		}
		String section = section("docs/reference.md", "Properties");
		assertThat(FIRST_COLUMN.matcher(section)
			.results()
			.flatMap((row) -> CODE.matcher(row.group(1)).results())
			.map((name) -> name.group(1))).containsExactlyInAnyOrderElementsOf(properties);
	}

	@Test
	void theEndpointWorks() throws Exception {
		try (WsTestClient ann = WsTestClient.connect(this.port, "/rooms/java?name=Ann");
				WsTestClient bob = WsTestClient.connect(this.port, "/rooms/java");
				WsTestClient elsewhere = WsTestClient.connect(this.port, "/rooms/scala")) {
			assertThat(ann.nextText()).isEqualTo("Welcome to java, Ann");
			assertThat(bob.nextText()).isEqualTo("Welcome to java, stranger");
			assertThat(elsewhere.nextText()).isEqualTo("Welcome to scala, stranger");
			ann.send("{\"text\": \"Hello\"}");
			assertThat(bob.nextText()).isEqualTo("{\"text\":\"Hello\"}");
			for (WsTestClient client : List.of(ann, elsewhere)) {
				client.send(new byte[] { 1, 2, 3 });
				assertThat(client.nextBinary()).containsExactly(1, 2, 3);
			}
		}
	}

	@Test
	void theStreamingEndpointWorks() throws Exception {
		try (WsTestClient client = WsTestClient.connect(this.port, "/grep?word=ERROR")) {
			client.send("INFO all is well\n".repeat(50_000) + "ERROR one\nINFO\nERROR two\n");
			assertThat(client.nextText()).isEqualTo("ERROR one\nERROR two\n");
		}
	}

	@Test
	void thePlainServerWorks() throws Exception {
		try (WsServer server = PlainEcho.start(0); WsTestClient client = WsTestClient.connect(server.port(), "/echo")) {
			client.send("Hello");
			assertThat(client.nextText()).isEqualTo("Hello");
		}
	}

	private static String readme() throws IOException {
		return page("README.md");
	}

	private static String page(String name) throws IOException {
		return Files.readString(Path.of("..", name));
	}

	private static String section(String name, String title) throws IOException {
		String page = page(name);
		int start = page.indexOf("\n## " + title + "\n");
		return page.substring(start, page.indexOf("\n## ", start + 1));
	}

	private static String withoutIndentation(String code) {
		return code.replaceAll("(?m)^[ \\t]+", "").replaceAll("\\n{2,}", "\n").strip();
	}

}
