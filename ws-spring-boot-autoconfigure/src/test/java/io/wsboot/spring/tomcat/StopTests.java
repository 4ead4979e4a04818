package io.wsboot.spring.tomcat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

import io.wsboot.ClientBytes;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Tomcat stops, and the server of the sessions does not. */
class StopTests {

	/** So long a close timeout that a session which waits for it is missed. */
	private static SharedTomcat.Setup setup() {
		return new SharedTomcat.Setup().options((options) -> options.closeTimeout(Duration.ofMinutes(2)));
	}

	private static void closeInTurn(Client client) throws Exception {
		client.expectClose(1001);
		client.send(new ClientBytes().close(1001, ""));
		client.expectEnd();
		client.close();
	}

	/** What has been taken over is no longer Tomcat's to close. */
	@ParameterizedTest
	@EnumSource(names = { "SOCKET", "TLS_SOCKET" })
	void socketsStay(Way way) throws Exception {
		try (SharedTomcat server = setup().start(way); Client client = Client.open(server)) {
			client.expectEcho("hello");
			server.tomcat.stop();
			client.expectEcho("still here");
			server.engine.stop();
			closeInTurn(client);
			server.expectSessions(0);
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "SOCKET", "TLS_SOCKET" })
	void idleSessionsOverAWireEndInOrder(Way way) throws Exception {
		try (SharedTomcat server = setup().start(way);
				Client client = Client.open(server);
				Client other = Client.open(server)) {
			client.expectEcho("hello");
			other.expectEcho("hello");
			Thread stopping = SharedTomcat.stop(server.tomcat.getServer());
			closeInTurn(client);
			closeInTurn(other);
			stopping.join();
			server.expectSeen("close 1001");
			server.expectSessions(0);
			assertThat(server.endpoint().getConnections()).isEmpty();
		}
	}

	/** Tomcat's stop does not wait for ever. */
	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "SOCKET", "TLS_SOCKET" })
	void peersThatDoNotAnswerAreCutOff(Way way) throws Exception {
		try (SharedTomcat server = setup().patience(Duration.ofMillis(100)).start(way);
				Client client = Client.open(server)) {
			client.expectEcho("hello");
			SharedTomcat.stop(server.tomcat.getServer()).join();
			client.expectEndOrCut();
			server.expectSessions(0);
			SharedTomcat.eventually().until(() -> server.endpoint().getConnections().isEmpty());
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "SOCKET", "TLS_SOCKET" })
	void sessionsStayWhileTheConnectorIsPaused(Way way) throws Exception {
		try (SharedTomcat server = setup().start(way); Client client = Client.open(server)) {
			client.expectEcho("hello");
			server.connector.pause();
			client.expectEcho("still here");
			server.connector.resume();
			client.expectEcho("and here");
			client.closeInOrder();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "WIRE", "NIO2" })
	void sessionsOfOtherConnectorsStay(Way way) throws Exception {
		try (SharedTomcat server = setup().start(way); Client client = Client.open(server)) {
			client.expectEcho("hello");
			Connector second = add(server, "127.0.0.1", 0);
			InetSocketAddress address = new InetSocketAddress("127.0.0.1", second.getLocalPort());
			for (int i = 0; i < 2; i++) { // a connector may start again
				try (Client beside = Client.open(server, address)) {
					beside.expectEcho("hello");
					Thread stopping = SharedTomcat.stop(second);
					closeInTurn(beside);
					stopping.join();
				}
				client.expectEcho("still here");
				second.start();
			}
			SharedTomcat.stop(server.connector);
			closeInTurn(client);
			server.expectSessions(0);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "WIRE", "NIO2" })
	void connectorsMayHaveTheSamePort(Way way) throws Exception {
		InetAddress other = InetAddress.getByName("127.0.0.2");
		try (SharedTomcat server = setup().start(way); Client client = Client.open(server)) {
			client.expectEcho("hello");
			Connector second = add(server, other.getHostAddress(), server.port());
			assumeThat(second.getState().isAvailable()).as("nobody else listens on the same port of 127.0.0.2")
				.isTrue();
			try (Client beside = Client.open(server, new InetSocketAddress(other, server.port()))) {
				beside.expectEcho("hello");
				Thread stopping = SharedTomcat.stop(second);
				closeInTurn(beside);
				stopping.join();
			}
			client.expectEcho("still here");
			client.closeInOrder();
		}
	}

	private static Connector add(SharedTomcat server, String address, int port) throws LifecycleException {
		Connector connector = new Connector(server.way.protocol);
		connector.setPort(port);
		connector.setProperty("address", address);
		server.tomcat.getService().addConnector(connector);
		return connector;
	}

}
