package io.wsboot.spring.actuate;

import java.util.List;
import java.util.Map;

import io.wsboot.WsHandler;
import io.wsboot.server.WsServer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.info.Info;

import static org.assertj.core.api.Assertions.assertThat;

class WsInfoContributorTests {

	@Test
	void tellsWhatDoesNotChange() {
		try (WsServer server = WsServer.builder()
			.port(0)
			.handler("/b/{x}", handler())
			.handler("/a", handler())
			.start()) {
			assertThat(info(server)).containsEntry("port", server.port())
				.containsEntry("scheme", "ws")
				.containsEntry("endpoints", List.of("/b/{x}", "/a"));
		}
	}

	@Test
	void tellsNothingOfAServerThatDoesNotRun() {
		assertThat(info(null)).doesNotContainKeys("port", "endpoints");
	}

	private static WsHandler handler() {
		return new WsHandler() {
		};
	}

	private static Map<Object, Object> info(@Nullable WsServer server) {
		Info.Builder builder = new Info.Builder();
		new WsInfoContributor(() -> server, () -> new ServerPlace((server != null) ? server.port() : -1, false))
			.contribute(builder);
		return assertThat(builder.build().getDetails()).containsOnlyKeys("ws")
			.extractingByKey("ws", InstanceOfAssertFactories.MAP)
			.actual();
	}

}
