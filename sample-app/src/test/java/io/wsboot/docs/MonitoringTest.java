package io.wsboot.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.wsboot.WsSession;
import io.wsboot.sample.SampleApplication;
import io.wsboot.server.spi.WsServerObserver.CloseInitiator;
import io.wsboot.server.spi.WsServerObserver.ErrorKind;
import io.wsboot.server.spi.WsServerObserver.HandlerCallback;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.test.HandshakeRefusedException;
import io.wsboot.spring.test.LocalWsPort;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests that the dashboard and the alerts under {@code docs/} are well-formed, and ask
 * for nothing that the sample's own scrape lacks after some traffic.
 */
@SpringBootTest(classes = { SampleApplication.class, MonitoringTest.Flood.class, MonitoringTest.Failing.class },
		webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "ws.server.port=0", "spring.application.name=monitoring-test",
				"ws.server.outbound.max-queued=64KB", "ws.server.inbound.max-messages-per-second=50" })
class MonitoringTest {

	private static final Path DASHBOARD = Path.of("../docs/grafana-dashboard.json");

	private static final Path ALERTS = Path.of("../docs/alerts.yml");

	/** Those that Prometheus adds to every sample. */
	private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

	private static final Set<String> AGGREGATIONS = Set.of("sum", "max", "count", "rate", "increase", "by", "on", "and",
			"or");

	private static final Pattern SAMPLE = Pattern.compile("(?m)^(ws_server_[a-z_]+)(?:\\{(.*)})? [-+0-9.eE]+(?:NaN)?$");

	private static final Pattern SELECTOR = Pattern.compile("(ws_[a-z_]+)(?:\\{([^}]*)})?");

	private static final Pattern LABEL = Pattern.compile("([a-z_]+)(=~?|!=|!~)\"([^\"]*)\"");

	private static final Pattern GROUPING = Pattern.compile("(?:by|on) \\(([^)]*)\\)");

	private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

	private static final Pattern LEGEND = Pattern.compile("\\{\\{(?:\\s*\\$labels\\.)?\\s*([a-z_]+)\\s*}}");

	/** Values that a label may have, where there are only so many. */
	private static final Map<String, Set<String>> VALUES = Map.of("kind", names(ErrorKind.values()), "initiator",
			names(CloseInitiator.values()), "callback", names(HandlerCallback.values()), "outcome",
			Set.of("SUCCESS", "CLIENT_ERROR", "SERVER_ERROR", "ERROR"));

	@LocalServerPort
	private int httpPort;

	@LocalWsPort
	private int wsPort;

	private static Set<String> names(Enum<?>[] values) {
		return Arrays.stream(values).map((value) -> value.name().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
	}

	@Test
	void asksForNothingThatIsNotThere() throws Exception {
		makeTraffic();
		Map<String, Set<String>> scraped = scrape();
		List<String> asked = expressions();
		assertThat(asked).hasSizeGreaterThan(25);
		asked.forEach((expression) -> check(expression, scraped));
	}

	private static void check(String expression, Map<String, Set<String>> scraped) {
		assertThat(expression.chars().filter((c) -> c == '(').count()).as(expression)
			.isEqualTo(expression.chars().filter((c) -> c == ')').count());
		Set<String> known = new HashSet<>(OF_PROMETHEUS);
		Matcher selectors = SELECTOR.matcher(expression);
		while (selectors.find()) {
			assertThat(scraped).as(expression).containsKey(selectors.group(1));
			Set<String> labels = new HashSet<>(scraped.get(selectors.group(1)));
			labels.addAll(OF_PROMETHEUS);
			known.addAll(labels);
			Matcher matchers = LABEL.matcher(String.valueOf(selectors.group(2)));
			while (matchers.find()) {
				assertThat(labels).as(expression).contains(matchers.group(1));
				Set<String> values = VALUES.get(matchers.group(1));
				if (values != null) {
					assertThat(values).as(expression).contains(matchers.group(3).split("\\|"));
				}
			}
		}
		for (Matcher grouping = GROUPING.matcher(expression); grouping.find();) {
			assertThat(known).as(expression).contains(grouping.group(1).split(", *"));
		}
		String rest = GROUPING.matcher(SELECTOR.matcher(expression).replaceAll(""))
			.replaceAll("by")
			.replaceAll("\\[[^]]*]", "");
		for (Matcher word = WORD.matcher(rest); word.find();) {
			assertThat(AGGREGATIONS).as(expression).contains(word.group());
		}
	}

	private static List<String> expressions() throws IOException {
		List<String> expressions = new ArrayList<>();
		for (JsonNode panel : JsonMapper.shared().readTree(DASHBOARD.toFile()).path("panels")) {
			panel.path("targets").forEach((target) -> expressions.add(target.path("expr").stringValue()));
		}
		rules().forEach((rule) -> expressions.add((String) rule.get("expr")));
		return expressions;
	}

	/** Names and their labels. */
	private Map<String, Set<String>> scrape() throws IOException, InterruptedException {
		Map<String, Set<String>> names = new TreeMap<>();
		URI uri = URI.create("http://localhost:" + this.httpPort + "/actuator/prometheus");
		String page = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
			.body();
		for (Matcher sample = SAMPLE.matcher(page); sample.find();) {
			Set<String> labels = names.computeIfAbsent(sample.group(1), (name) -> new TreeSet<>());
			for (Matcher label = LABEL.matcher(String.valueOf(sample.group(2))); label.find();) {
				labels.add(label.group(1));
			}
		}
		return names;
	}

	private void makeTraffic() {
		try (WsTestClient client = WsTestClient.connect(this.wsPort, "/echo/worker")) {
			client.send("hello");
			assertThat(client.nextText()).isEqualTo("hello");
		}
		assertThatExceptionOfType(HandshakeRefusedException.class)
			.isThrownBy(() -> WsTestClient.connect(this.wsPort, "/nowhere"));
		try (WsTestClient client = WsTestClient.connect(this.wsPort, "/failing")) {
			client.send("hello");
			assertThat(client.closeStatus().code()).isEqualTo(1011);
		}
		try (WsTestClient client = WsTestClient.connect(this.wsPort, "/echo")) {
			for (int i = 0; i < 100; i++) {
				client.send("one of too many");
			}
			await().until(() -> scrape().containsKey("ws_server_limited_total"));
		}
		catchAFloodWithoutReading();
	}

	/** The other clients would read. */
	private void catchAFloodWithoutReading() {
		byte[] frame = { (byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'x' };
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.wsPort)) {
			socket.getOutputStream().write("""
					GET /flood HTTP/1.1\r
					Host: localhost\r
					Upgrade: websocket\r
					Connection: Upgrade\r
					Sec-WebSocket-Version: 13\r
					Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
					\r
					""".getBytes(StandardCharsets.US_ASCII));
			socket.getOutputStream().write(frame);
			await().until(() -> scrape().containsKey("ws_server_outbound_dropped_messages_total"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void dashboardIsOneThatGrafanaTakes() {
		JsonNode dashboard = JsonMapper.shared().readTree(DASHBOARD.toFile());
		assertThat(dashboard.path("title").stringValue()).isNotBlank();
		assertThat(dashboard.path("uid").stringValue()).matches("[a-zA-Z0-9_-]{1,40}");
		assertThat(dashboard.path("schemaVersion").intValue()).isGreaterThanOrEqualTo(36);
		assertThat(dashboard.has("id")).as("an id belongs to one Grafana").isFalse();
		assertThat(dashboard.path("templating").path("list").valueStream().map((one) -> one.path("name").stringValue()))
			.containsExactly("datasource", "instance");
		Set<Integer> ids = new HashSet<>();
		Set<List<Integer>> cells = new HashSet<>();
		for (JsonNode panel : dashboard.path("panels")) {
			String title = panel.path("title").stringValue();
			assertThat(ids.add(panel.path("id").intValue())).as(title).isTrue();
			assertThat(panel.path("type").stringValue()).as(title).isIn("row", "stat", "timeseries");
			place(panel, cells);
			if (!panel.path("type").stringValue().equals("row")) {
				checkTargets(title, panel);
			}
		}
	}

	/** On the 24 columns, and not on top of another. */
	private static void place(JsonNode panel, Set<List<Integer>> cells) {
		JsonNode position = panel.path("gridPos");
		int left = position.path("x").intValue();
		int top = position.path("y").intValue();
		for (int x = left; x < left + position.path("w").intValue(); x++) {
			for (int y = top; y < top + position.path("h").intValue(); y++) {
				assertThat(x).isBetween(0, 23);
				assertThat(cells.add(List.of(x, y))).as("%s", panel.path("title")).isTrue();
			}
		}
	}

	private static void checkTargets(String title, JsonNode panel) {
		assertThat(panel.path("datasource").path("uid").stringValue()).as(title).isEqualTo("${datasource}");
		assertThat(panel.path("fieldConfig").path("defaults").path("unit").stringValue()).as(title).isNotBlank();
		Set<String> references = new HashSet<>();
		assertThat(panel.path("targets").size()).as(title).isPositive();
		for (JsonNode target : panel.path("targets")) {
			assertThat(references.add(target.path("refId").stringValue())).as(title).isTrue();
			String expression = target.path("expr").stringValue();
			assertThat(expression).contains("instance=~\"$instance\"");
			LEGEND.matcher(target.path("legendFormat").stringValue())
				.results()
				.forEach((label) -> assertThat(expression).as(title)
					.containsPattern("\\b" + label.group(1) + "\\b|^ws_"));
		}
	}

	@Test
	void alertsAreSomeThatPrometheusTakes() throws IOException {
		Set<String> names = new HashSet<>();
		for (Map<String, Object> rule : rules()) {
			String name = (String) rule.get("alert");
			assertThat(rule).as(name).containsOnlyKeys("alert", "expr", "for", "labels", "annotations");
			assertThat(name).matches("WsServer[A-Za-z]+");
			assertThat(names.add(name)).as(name).isTrue();
			assertThat((String) rule.get("for")).as(name).matches("\\d+m");
			assertThat(asMap(rule.get("labels"))).as(name).containsOnlyKeys("severity");
			assertThat(asMap(rule.get("labels")).get("severity")).as(name).isIn("critical", "warning");
			Map<String, Object> annotations = asMap(rule.get("annotations"));
			assertThat(annotations).as(name).containsOnlyKeys("summary", "description");
			assertThat((String) annotations.get("description")).as(name).hasSizeGreaterThan(150);
			LEGEND.matcher((String) annotations.get("summary"))
				.results()
				.forEach((label) -> assertThat((String) rule.get("expr")).as(name).contains(label.group(1)));
			assertThat(Files.readString(Path.of("../docs/operations.md"))).contains("`" + name + "`");
		}
	}

	private static List<Map<String, Object>> rules() throws IOException {
		Map<String, Object> file = asMap(new Yaml().load(Files.readString(ALERTS)));
		assertThat(file).containsOnlyKeys("groups");
		List<Map<String, Object>> rules = new ArrayList<>();
		for (Object group : (Collection<?>) file.get("groups")) {
			assertThat(asMap(group)).containsOnlyKeys("name", "rules");
			((Collection<?>) asMap(group).get("rules")).forEach((rule) -> rules.add(asMap(rule)));
		}
		return rules;
	}

	private static Map<String, Object> asMap(Object value) {
		Map<String, Object> map = new TreeMap<>();
		((Map<?, ?>) value).forEach((key, one) -> map.put((String) key, one));
		return map;
	}

	@WsEndpoint("/flood")
	static class Flood {

		/** More than fits, as it is not read in the middle of a callback. */
		@OnMessage
		void flood(String text, WsSession session) {
			for (int i = 0; i < 10_000 && session.isOpen(); i++) {
				session.send(ByteBuffer.allocate(60_000));
			}
		}

	}

	@WsEndpoint("/failing")
	static class Failing {

		@OnMessage
		void fail(String text) {
			throw new IllegalStateException("for the alert");
		}

	}

}
