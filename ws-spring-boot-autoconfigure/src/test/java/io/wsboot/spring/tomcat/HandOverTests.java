package io.wsboot.spring.tomcat;

import java.util.List;

import io.wsboot.ClientBytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for every connector of Tomcat, whoever keeps the socket. */
class HandOverTests {

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = ".*SOCKET")
	void messagesGoBothWays(Way way) throws Exception {
		try (SharedTomcat server = SharedTomcat.start(way)) {
			List<Long> before = server.kept();
			try (Client client = Client.open(server)) {
				client.send(new ClientBytes().text("carrier"));
				client.expectText(way.carrier.toString());
				client.expectEcho("hello");
				client.expectEcho("x".repeat(100_000));
				client.closeInOrder();
			}
			server.expectSeen("close 1000");
			server.expectSessions(0);
			server.expectKept(before);
			assertThat(server.failures).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = ".*SOCKET")
	void framesInTheSamePacketAsTheRequestAreReceived(Way way) throws Exception {
		try (SharedTomcat server = SharedTomcat.start(way); Client client = Client.connect(server)) {
			client.send(new ClientBytes().handshake().text("one").text("two").text("x".repeat(5000)));
			client.expectSwitch();
			client.expectText("one");
			client.expectText("two");
			client.expectText("x".repeat(5000));
			client.expectEcho("three");
			client.closeInOrder();
		}
	}

}
