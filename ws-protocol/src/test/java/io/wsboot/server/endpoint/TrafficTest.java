package io.wsboot.server.endpoint;

import io.wsboot.server.spi.WsServerStats.Direction;
import io.wsboot.server.spi.WsServerStats.MessageType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The counts of one endpoint.
 */
class TrafficTest {

	@Test
	void areSumsOfRowsAndSharedCounts() {
		Traffic traffic = new Traffic(2);
		traffic.row(0).add(Direction.IN, MessageType.TEXT, 5);
		traffic.row(1).add(Direction.IN, MessageType.TEXT, 6);
		traffic.add(Direction.IN, MessageType.TEXT, 1, 7);
		traffic.add(Direction.OUT, MessageType.PONG, 1, 1);
		assertThat(traffic.messages(Direction.IN, MessageType.TEXT)).isEqualTo(3);
		assertThat(traffic.bytes(Direction.IN, MessageType.TEXT)).isEqualTo(18);
		assertThat(traffic.bytes(Direction.OUT, MessageType.PONG)).isOne();
		assertThat(traffic.messages(Direction.OUT, MessageType.BINARY)).isZero();
	}

}
