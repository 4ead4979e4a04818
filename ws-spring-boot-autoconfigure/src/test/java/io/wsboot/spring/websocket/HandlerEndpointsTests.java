package io.wsboot.spring.websocket;

import io.wsboot.EndpointOptions;
import io.wsboot.server.WsServer;
import io.wsboot.server.spi.Upgrades.HostEndpoint;
import org.junit.jupiter.api.Test;

import org.springframework.web.socket.handler.TextWebSocketHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** What clients name must not become endpoints without bound. */
class HandlerEndpointsTests {

	private final HandlerEndpoints endpoints = new HandlerEndpoints(EndpointOptions.DEFAULTS);

	private final TextWebSocketHandler handler = new TextWebSocketHandler();

	@Test
	void areBounded() {
		try (WsServer server = WsServer.builder().withoutListener().start()) {
			HostEndpoint first = of(server, "/path/0");
			for (int i = 1; i < HandlerEndpoints.MOST; i++) {
				assertThat(of(server, "/path/" + i).path()).isEqualTo("/path/" + i);
			}
			HostEndpoint others = of(server, "/path/" + HandlerEndpoints.MOST);
			assertThat(others.path()).isEqualTo(HandlerEndpoints.OTHERS);
			assertThat(of(server, "/one/more")).isSameAs(others);
			assertThat(of(server, "/path/0")).isSameAs(first);
			assertThat(server.stats().endpoints()).hasSize(HandlerEndpoints.MOST + 1);
		}
	}

	private HostEndpoint of(WsServer server, String pattern) {
		return this.endpoints.of(server.upgrades(), pattern, this.handler);
	}

}
