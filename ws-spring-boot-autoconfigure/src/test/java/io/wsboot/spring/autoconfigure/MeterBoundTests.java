package io.wsboot.spring.autoconfigure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.spi.WsServerObserver.CloseInitiator;
import io.wsboot.server.spi.WsServerObserver.DropReason;
import io.wsboot.server.spi.WsServerObserver.ErrorKind;
import io.wsboot.server.spi.WsServerObserver.HandlerCallback;
import io.wsboot.server.spi.WsServerObserver.Limit;
import io.wsboot.server.spi.WsServerObserver.Port;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.metrics.WsServerMeters;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

/** How many meters there can be, and what an application may do with them. */
class MeterBoundTests {

	private static final int MOST = 205;

	private static final int REAL = 2_000;

	private static final int TOLD = 100_000;

	/** What the server answers by itself, and what an application may. */
	private static final int[] REFUSALS = { 400, 401, 403, 404, 405, 408, 414, 426, 429, 431, 500, 503, 505 };

	/** Those that may be in a Close frame (RFC 6455 §7.4), but for 3000 to 4999. */
	private static final int[] CODES = { 1000, 1001, 1002, 1003, 1005, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014 };

	private static final int[] OF_SERVER = { 1000, 1001, 1002, 1007, 1008, 1009, 1011, 1013 };

	private final Random random = new Random(1);

	/** Two thousand over sockets, and a hundred thousand that the meters are told of. */
	@Test
	void clientsCannotMakeMeters() throws Exception {
		try (RunningApp app = RunningApp.start(List.of(Room.class, Echo.class), "--ws.server.event-loops=2")) {
			for (int i = 0; i < REAL; i++) {
				connect(app.port(), i);
			}
			MeterRegistry meters = app.context().getBean(MeterRegistry.class);
			await().untilAsserted(() -> assertThat(app.sessions().count()).isZero());
			Set<Meter.Id> real = ours(meters);
			assertThat(real).hasSizeLessThanOrEqualTo(MOST);
			List<WsSession> sessions = List.of(session("/rooms/{room}"), session("/echo"));
			WsServerObserver observer = app.context().getBean(WsServerMeters.class);
			for (int i = 0; i < TOLD; i++) {
				tell(observer, sessions.get(i % 2));
			}
			Set<Meter.Id> told = ours(meters);
			assertThat(told).containsAll(real).hasSizeLessThanOrEqualTo(MOST);
			assertThat(told).allSatisfy((id) -> assertThat(id.toString()).doesNotContain("hostile"));
		}
	}

	private void connect(int port, int i) throws Exception {
		switch (i % 4) {
			case 0 -> refused(port, "/hostile/" + i + "?hostile=" + i, "Origin: http://localhost");
			case 1 -> refused(port, "/rooms/hostile" + i, "Origin: https://hostile" + i + ".example");
			case 2 -> {
				try (RawClient client = RawClient.tcp(port)) {
					assertThat(client.handshake("/echo", "Bad Header: hostile" + i)).startsWith("HTTP/1.1 400");
				}
			}
			default -> {
				try (RawClient client = RawClient.connect(port, "/rooms/hostile" + i, "X-Hostile" + i + ": x",
						"Sec-WebSocket-Protocol: hostile" + i)) {
					int code = 3000 + this.random.nextInt(2000);
					client.sendClose(code, "hostile " + i);
					assertThat(client.read().closeCode()).isEqualTo(code);
				}
			}
		}
	}

	private static void refused(int port, String path, String header) throws Exception {
		try (RawClient client = RawClient.tcp(port)) {
			assertThat(client.handshake(path, header)).startsWith("HTTP/1.1 40");
		}
	}

	private static WsSession session(String endpoint) {
		WsSession session = mock(WsSession.class, withSettings().stubOnly());
		given(session.endpoint()).willReturn(endpoint);
		return session;
	}

	private void tell(WsServerObserver observer, WsSession session) {
		String endpoint = session.endpoint();
		observer.handshake(this.random.nextBoolean() ? endpoint : WsServerObserver.UNKNOWN_ENDPOINT, Port.OWN,
				one(REFUSALS), 1000);
		observer.handshake(endpoint, Port.OWN, 101, 1000);
		CloseInitiator initiator = CloseInitiator.values()[this.random.nextInt(3)];
		int code = switch (initiator) {
			case CLIENT -> this.random.nextBoolean() ? one(CODES) : 3000 + this.random.nextInt(2000);
			case SERVER -> one(OF_SERVER);
			case NETWORK -> 1006;
		};
		observer.closed(session, new CloseStatus(code, "hostile"), initiator, 1000);
		HandlerCallback callback = List
			.of(HandlerCallback.HANDSHAKE, HandlerCallback.OPEN, HandlerCallback.TEXT, HandlerCallback.CLOSE)
			.get(this.random.nextInt(4));
		observer.handled(endpoint, callback, this.random.nextBoolean() ? null : new IllegalStateException("hostile"),
				1000);
		observer.error(ErrorKind.values()[this.random.nextInt(ErrorKind.values().length)]);
		observer.dropped(DropReason.values()[this.random.nextInt(DropReason.values().length)], 1);
		observer.limited(Limit.values()[this.random.nextInt(Limit.values().length)]);
		observer.pingRoundTrip(1000);
	}

	private int one(int[] values) {
		return values[this.random.nextInt(values.length)];
	}

	private static Set<Meter.Id> ours(MeterRegistry meters) {
		Set<Meter.Id> ids = new HashSet<>();
		meters.forEachMeter((meter) -> {
			if (meter.getId().getName().startsWith("ws.")) {
				ids.add(meter.getId());
			}
		});
		return ids;
	}

	@Test
	void haveTheApplicationsCommonTags() throws Exception {
		try (RunningApp app = RunningApp.start(List.of(Echo.class), "--management.metrics.tags.region=north")) {
			talk(app);
			MeterRegistry meters = app.context().getBean(MeterRegistry.class);
			await().untilAsserted(() -> assertThat(meters.find("ws.server.closes").counter()).isNotNull());
			assertThat(ours(meters)).isNotEmpty()
				.allSatisfy((id) -> assertThat(id.getTag("region")).isEqualTo("north"));
			assertThat(app.context().getBean(PrometheusMeterRegistry.class).scrape())
				.containsPattern("ws_server_messages_total\\{[^}]*region=\"north\"");
		}
	}

	@Test
	void heedTheApplicationsFilters() throws Exception {
		try (RunningApp app = RunningApp.start(List.of(Echo.class, Filters.class),
				"--management.metrics.enable.ws.server.handler=false",
				"--management.metrics.distribution.percentiles-histogram.ws.server.handshakes=true")) {
			talk(app);
			MeterRegistry meters = app.context().getBean(MeterRegistry.class);
			await().untilAsserted(() -> assertThat(meters.find("ws.server.closes").counter()).isNotNull());
			assertThat(meters.find("ws.server.handler").meters()).isEmpty();
			assertThat(meters.find("ws.server.bytes").meters()).isEmpty();
			List<String> paths = new ArrayList<>();
			meters.get("ws.server.messages").meters().forEach((meter) -> paths.add(meter.getId().getTag("path")));
			assertThat(paths).isNotEmpty().containsOnly("/echo");
			assertThat(meters.get("ws.server.messages")
				.tags("path", "/echo", "direction", "in", "type", "text")
				.functionCounter()
				.count()).isEqualTo(1);
			assertThat(app.context().getBean(PrometheusMeterRegistry.class).scrape())
				.contains("ws_server_handshakes_seconds_bucket{");
		}
	}

	private static void talk(RunningApp app) throws Exception {
		try (WsTestClient client = WsTestClient.connect(app.port(), "/echo")) {
			assertThat(client.send("a").nextText()).isEqualTo("a");
			client.close(CloseStatus.NORMAL);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Filters {

		@Bean
		MeterFilter withoutBytes() {
			return MeterFilter.denyNameStartsWith("ws.server.bytes");
		}

		@Bean
		MeterFilter otherTagName() {
			return MeterFilter.renameTag("ws.server.messages", "endpoint", "path");
		}

	}

	@WsEndpoint("/rooms/{room}")
	static class Room {

		@OnMessage
		void on(String text) {
		}

	}

	@WsEndpoint("/echo")
	static class Echo {

		@OnMessage
		String on(String text) {
			return text;
		}

	}

}
