package io.wsboot.spring.jetty;

import java.nio.charset.StandardCharsets;

import io.wsboot.server.RawClient;
import io.wsboot.server.RecordingHandler;
import io.wsboot.server.spi.Carrier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A connection goes from Jetty to the server behind the 101. */
class HandOverTests {

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aConnectionIsHandedOver(boolean takeOver) {
		try (JettyHost host = JettyHost.start(takeOver)) {
			JettyHost.Counts before = host.counts();
			try (RawClient client = RawClient.open(host.port(), "/ws/echo")) {
				client.expectEcho("hello");
				assertThat(host.carrier()).isEqualTo(takeOver ? Carrier.SOCKET : Carrier.WIRE);
				client.closeInOrder();
			}
			host.expectNothingBut(before);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void framesBehindTheRequestAreRead(boolean takeOver) {
		RecordingHandler handler = new RecordingHandler();
		try (JettyHost host = new JettyHost.Builder(takeOver).handler(handler).start();
				RawClient client = RawClient.connect(host.port())) {
			client.send(RawClient.join(RawClient.head("/ws/").getBytes(StandardCharsets.US_ASCII),
					RawClient.textFrame("one"), RawClient.textFrame("two")));
			client.expectSwitch();
			handler.expectOpen();
			handler.expect("text one");
			handler.expect("text two");
			client.closeInOrder();
			handler.expect("close 1000");
		}
	}

}
