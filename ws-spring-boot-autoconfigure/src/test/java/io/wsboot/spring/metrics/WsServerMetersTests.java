package io.wsboot.spring.metrics;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wsboot.HandshakeRequest;
import io.wsboot.Headers;
import io.wsboot.Headers.Field;
import io.wsboot.WsHandler;
import io.wsboot.server.WsServer;
import io.wsboot.server.spi.UpgradeRequest;
import io.wsboot.server.spi.Wire;
import io.wsboot.server.spi.WsServerObserver.DropReason;
import io.wsboot.server.spi.WsServerObserver.ErrorKind;
import io.wsboot.server.spi.WsServerObserver.HandlerCallback;
import io.wsboot.server.spi.WsServerObserver.Limit;
import io.wsboot.server.spi.WsServerObserver.Port;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class WsServerMetersTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final WsServerMeters meters = new WsServerMeters(this.registry);

	@ParameterizedTest
	@CsvSource({ "1000,1000", "1005,1005", "1006,1006", "1013,1013", "1010,other", "1014,other", "1015,other",
			"2999,other", "3000,3xxx", "3999,3xxx", "4000,4xxx", "4999,4xxx" })
	void closeCodesAreBounded(int code, String tag) {
		assertThat(CloseCodeTag.of(code)).isEqualTo(tag);
	}

	@ParameterizedTest
	@CsvSource({ "101,SUCCESS", "400,CLIENT_ERROR", "499,CLIENT_ERROR", "500,SERVER_ERROR", "503,SERVER_ERROR" })
	void handshakes(int status, String outcome) {
		this.meters.handshake("/e", Port.OWN, status, 1500);
		this.meters.handshake("/e", Port.OWN, status, 500);
		var timer = this.registry.get("ws.server.handshakes")
			.tags("endpoint", "/e", "outcome", outcome, "status", Integer.toString(status))
			.timer();
		assertThat(timer.count()).isEqualTo(2);
		assertThat(timer.totalTime(NANOSECONDS)).isEqualTo(2000);
	}

	@Test
	void handlers() {
		this.meters.handled("/e", HandlerCallback.TEXT, null, 3000);
		this.meters.handled("/e", HandlerCallback.TEXT, new IllegalStateException(), 5000);
		assertThat(this.registry.get("ws.server.handler")
			.tags("endpoint", "/e", "callback", "text", "outcome", "SUCCESS")
			.timer()
			.totalTime(MICROSECONDS)).isEqualTo(3);
		assertThat(this.registry.get("ws.server.handler").tags("outcome", "ERROR").timer().totalTime(MICROSECONDS))
			.isEqualTo(5);
	}

	@ParameterizedTest
	@EnumSource(Limit.class)
	void limits(Limit limit) {
		this.meters.limited(limit);
		assertThat(this.registry.get("ws.server.limited")
			.tag("limit", limit.name().toLowerCase(Locale.ROOT))
			.counter()
			.count()).isEqualTo(1);
	}

	@Test
	void errorsDropsAndPings() {
		this.meters.error(ErrorKind.PROTOCOL);
		this.meters.error(ErrorKind.PROTOCOL);
		this.meters.dropped(DropReason.OLDEST, 3);
		this.meters.pingRoundTrip(7000);
		assertThat(this.registry.get("ws.server.errors").tag("kind", "protocol").counter().count()).isEqualTo(2);
		assertThat(this.registry.get("ws.server.outbound.dropped").tag("reason", "oldest").counter().count())
			.isEqualTo(3);
		assertThat(this.registry.get("ws.server.ping.rtt").timer().totalTime(MICROSECONDS)).isEqualTo(7);
	}

	@Test
	void durationsTellWhatHasCarriedTheSession() {
		Wire ended = new Wire() {

			@Override
			public int read(ByteBuffer into) {
				return -1;
			}

			@Override
			public int write(ByteBuffer from) {
				return 0;
			}

			@Override
			public boolean flush() {
				return true;
			}

			@Override
			public void watch(int operations) {
			}

			@Override
			public void endOutput() {
			}

			@Override
			public void close() {
			}

		};
		Headers fields = Headers.of(List.of(new Field("Host", "localhost"), new Field("Upgrade", "websocket"),
				new Field("Connection", "Upgrade"), new Field("Sec-WebSocket-Version", "13"),
				new Field("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")));
		try (WsServer server = WsServer.builder()
			.withoutListener()
			.observer(this.meters)
			.handler("/e", new WsHandler() {
			})
			.start()) {
			server.upgrades()
				.judge(new UpgradeRequest("GET", new HandshakeRequest("/e", null, fields)))
				.toCompletableFuture()
				.join()
				.adopt(ended, ByteBuffer.allocate(0));
			await().until(() -> this.registry.find("ws.server.connection.duration")
				.tags("endpoint", "/e", "code", "1006", "carrier", "wire")
				.timer() != null);
		}
	}

	@Test
	void whatIsToldOfARemovedEndpointDoesNotBringItsMetersBack() {
		for (int i = 0; i < 3000; i++) {
			String path = "/late/" + i;
			this.meters.endpointAdded(path);
			this.meters.handshake(path, Port.OWN, 101, 1);
			this.meters.handled(path, HandlerCallback.TEXT, null, 1);
			this.meters.endpointRemoved(path);
			this.meters.handled(path, HandlerCallback.HANDSHAKE, null, 1);
		}
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getTag("endpoint"))
			.containsExactlyInAnyOrder(null, "UNKNOWN");
		this.meters.endpointAdded("/late/2999");
		this.meters.handled("/late/2999", HandlerCallback.TEXT, null, 1);
		assertThat(this.registry.get("ws.server.handler").tag("endpoint", "/late/2999").timer().count()).isEqualTo(1);
	}

}
