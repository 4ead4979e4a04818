package io.wsboot.readme;

import io.wsboot.sample.SampleApplication;
import io.wsboot.spring.test.LocalWsPort;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/** How README.md says that endpoints are tested. */
@SpringBootTest(classes = { SampleApplication.class, RoomEndpoint.class }, properties = "ws.server.port=0")
class RoomEndpointTest {

	@LocalWsPort
	private int port;

	@Test
	void greets() {
		try (WsTestClient client = WsTestClient.connect(this.port, "/rooms/java?name=Ann")) {
			assertThat(client.nextText()).isEqualTo("Welcome to java, Ann");
			assertThat(client.send(new byte[] { 1 }).nextBinary()).containsExactly(1);
		}
	}

}
