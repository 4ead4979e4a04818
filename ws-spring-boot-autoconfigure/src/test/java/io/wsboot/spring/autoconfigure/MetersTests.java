package io.wsboot.spring.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.CloseStatus;
import io.wsboot.spring.test.WsTestClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Meters after a conversation of which every message is known. */
class MetersTests {

	private static void await(Runnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(assertion::run);
	}

	@Test
	void afterAScriptedConversation() throws Exception {
		try (RunningApp app = RunningApp.start(List.of(Room.class, Failing.class), "--ws.server.event-loops=2")) {
			MeterRegistry meters = app.context().getBean(MeterRegistry.class);
			try (WsTestClient a = WsTestClient.connect(app.port(), "/rooms/java");
					WsTestClient b = WsTestClient.connect(app.port(), "/rooms/rust")) {
				assertThat(a.send("hello").nextText()).isEqualTo("hello!");
				assertThat(a.send("you").nextText()).isEqualTo("you!");
				assertThat(b.send(new byte[7]).nextBinary()).hasSize(3);
				assertThat(meters.get("ws.server.connections").tag("endpoint", "/rooms/{room}").gauge().value())
					.isEqualTo(2);
				a.close(CloseStatus.NORMAL);
				b.close(new CloseStatus(4321, ""));
			}
			assertThat(WsTestClient.refusal(app.port(), "/rooms/x/y").status()).isEqualTo(404);
			try (WsTestClient c = WsTestClient.connect(app.port(), "/failing")) {
				assertThat(c.send("x").closeStatus().code()).isEqualTo(1011);
			}
			await(() -> assertThat(meters.get("ws.server.connections").gauges()).hasSize(2)
				.allSatisfy((gauge) -> assertThat(gauge.value()).isZero()));
			// A message is counted when it has been given to the socket, so the client
			// may be quicker.
			await(() -> assertThat(counts(meters, "ws.server.messages")).contains("in /rooms/{room} text 2.0",
					"out /rooms/{room} text 2.0", "in /rooms/{room} binary 1.0", "out /rooms/{room} binary 1.0",
					"in /failing text 1.0", "out /failing text 0.0"));
			await(() -> assertThat(counts(meters, "ws.server.bytes")).contains("in /rooms/{room} text 8.0",
					"out /rooms/{room} text 10.0", "in /rooms/{room} binary 7.0", "out /rooms/{room} binary 3.0"));
			await(() -> assertThat(counts(meters, "ws.server.closes")).containsExactly("1000 /rooms/{room} client 1.0",
					"1011 /failing server 1.0", "4xxx /rooms/{room} client 1.0"));
			assertThat(counts(meters, "ws.server.connection.duration")).containsExactly(
					"listener 1000 /rooms/{room} 1.0", "listener 1011 /failing 1.0", "listener 4xxx /rooms/{room} 1.0");
			assertThat(counts(meters, "ws.server.handshakes")).containsExactly("/failing SUCCESS own 101 1.0",
					"/rooms/{room} SUCCESS own 101 2.0", "UNKNOWN CLIENT_ERROR own 404 1.0");
			await(() -> assertThat(counts(meters, "ws.server.handler")).contains("text /failing ERROR 1.0",
					"text /rooms/{room} SUCCESS 2.0", "binary /rooms/{room} SUCCESS 1.0",
					"close /rooms/{room} SUCCESS 2.0"));
			assertThat(counts(meters, "ws.server.errors")).containsExactly("handler 1.0");
			assertThat(meters.get("ws.server.outbound.queued").gauge().value()).isZero();
			assertThat(meters.get("ws.server.compression.states").gauge().value()).isZero();
			assertThat(meters.get("ws.server.loop.busy").gauges()).hasSize(2)
				.allSatisfy((gauge) -> assertThat(gauge.value()).isBetween(0.0, 1.0));
			assertThat(meters.get("ws.server.ping.rtt").timer().count()).isZero();
		}
	}

	@Test
	void noClientCanMakeMeters() throws Exception {
		try (RunningApp app = RunningApp.start(List.of(Room.class))) {
			MeterRegistry meters = app.context().getBean(MeterRegistry.class);
			int before = 0;
			for (int i = 0; i < 40; i++) {
				try (WsTestClient client = WsTestClient.builder()
					.subprotocols("proto" + i)
					.connect(app.port(), "/rooms/r" + i + "?x=" + i)) {
					client.close(new CloseStatus(3000 + i * 47, ""));
				}
				WsTestClient.refusal(app.port(), "/unknown/" + i);
				if (i == 25) {
					await(() -> assertThat(counts(meters, "ws.server.closes")).hasSize(2));
					before = ours(meters).size();
				}
			}
			assertThat(ours(meters)).hasSize(before);
		}
	}

	@Test
	void survivesARestartOfTheServer() throws Exception {
		try (RunningApp app = RunningApp.start(List.of(Room.class))) {
			MeterRegistry meters = app.context().getBean(MeterRegistry.class);
			for (int i = 1; i <= 3; i++) {
				try (WsTestClient client = WsTestClient.connect(app.port(), "/rooms/java")) {
					assertThat(client.send("m").nextText()).isEqualTo("m!");
					assertThat(meters.get("ws.server.connections").gauge().value()).isEqualTo(1);
				}
				assertThat(counts(meters, "ws.server.messages")).contains("in /rooms/{room} text " + i + ".0");
				app.context().stop();
				assertThat(counts(meters, "ws.server.messages")).contains("in /rooms/{room} text " + i + ".0");
				assertThat(meters.get("ws.server.connections").gauge().value()).isZero();
				app.context().start();
			}
		}
	}

	@Test
	void namesOnThePrometheusPage() throws Exception {
		try (RunningApp app = RunningApp.start(List.of(Room.class));
				WsTestClient client = WsTestClient.connect(app.port(), "/rooms/java")) {
			assertThat(client.send("hello").nextText()).isEqualTo("hello!");
			PrometheusMeterRegistry registry = app.context().getBean(PrometheusMeterRegistry.class);
			await(() -> assertThat(registry.scrape()).contains(
					"ws_server_messages_total{direction=\"in\",endpoint=\"/rooms/{room}\",type=\"text\"} 1.0",
					"ws_server_bytes_total{direction=\"out\",endpoint=\"/rooms/{room}\",type=\"text\"} 6.0",
					"ws_server_connections{endpoint=\"/rooms/{room}\"} 1.0", "ws_server_outbound_queued_bytes 0.0",
					"ws_server_compression_states 0.0", "ws_server_loop_busy{loop=\"0\"}",
					"ws_server_loops_alive " + Runtime.getRuntime().availableProcessors() + ".0",
					"ws_server_connections_limit 10000.0",
					"ws_server_handshakes_seconds_count{endpoint=\"/rooms/{room}\",outcome=\"SUCCESS\",port=\"own\",status=\"101\"} 1"));
		}
	}

	private static Set<Meter.Id> ours(MeterRegistry meters) {
		Set<Meter.Id> ids = new java.util.HashSet<>();
		meters.forEachMeter((meter) -> {
			if (meter.getId().getName().startsWith("ws.")) {
				ids.add(meter.getId());
			}
		});
		return ids;
	}

	/** Values of tags, sorted by their names, and the count of each meter of a name. */
	private static Set<String> counts(MeterRegistry meters, String name) {
		Set<String> counts = new TreeSet<>();
		for (Meter meter : meters.find(name).meters()) {
			StringBuilder count = new StringBuilder();
			meter.getId().getTags().forEach((tag) -> count.append(tag.getValue()).append(' '));
			counts.add(count.append(meter.measure().iterator().next().getValue()).toString());
		}
		return counts;
	}

	@WsEndpoint("/rooms/{room}")
	static class Room {

		@OnMessage
		String text(String text) {
			return text + "!";
		}

		@OnMessage
		byte[] binary(byte[] bytes) {
			return new byte[3];
		}

	}

	@WsEndpoint("/failing")
	static class Failing {

		@OnMessage
		void on(String text) {
			throw new IllegalStateException("for the meters");
		}

	}

}
