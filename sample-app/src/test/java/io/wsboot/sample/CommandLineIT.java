package io.wsboot.sample;

import java.util.Random;

import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests limits that are set on the command line of the packaged application. */
class CommandLineIT {

	@Test
	void messagesMayBeBiggerThanTheFileSays() throws Exception {
		try (PackagedApplication application = new PackagedApplication("--ws.server.max-message-size=64MB",
				"--ws.server.port=0");
				WsTestClient client = WsTestClient.connect(application.webSocketPort(), "/echo")) {
			byte[] payload = new byte[20 * 1024 * 1024];
			new Random(1).nextBytes(payload);
			client.send(payload);
			assertThat(client.nextBinary()).isEqualTo(payload);
		}
	}

	@Test
	void messagesMayBeBoundToBeSmallerThanTheFileSays() throws Exception {
		try (PackagedApplication application = new PackagedApplication("--ws.server.max-message-size=1KB",
				"--ws.server.port=0")) {
			WsTestClient client = WsTestClient.connect(application.webSocketPort(), "/echo");
			client.send(new byte[1024]);
			assertThat(client.nextBinary()).hasSize(1024);
			client.send(new byte[1025]);
			assertThat(client.closeStatus().code()).isEqualTo(1009);
		}
	}

}
