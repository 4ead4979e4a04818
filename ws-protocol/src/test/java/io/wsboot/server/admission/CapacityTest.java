package io.wsboot.server.admission;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import io.wsboot.server.config.AdmissionOptions;
import io.wsboot.server.config.WsServerOptions;
import io.wsboot.server.spi.WsServerObserver.Limit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The limits of sockets, handshakes and sessions.
 */
class CapacityTest {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final InetAddress one = InetAddress.getLoopbackAddress();

	@Test
	void countSessionsPerAddressAndInAll() throws Exception {
		InetAddress two = InetAddress.getByAddress(new byte[] { 127, 0, 0, 2 });
		Capacity capacity = new Capacity(
				WsServerOptions.builder().maxConnections(3).admission(new AdmissionOptions(2, 0, 0)).build(), 0);
		assertThat(capacity.addSession(this.one, 0)).isNull();
		assertThat(capacity.addSession(this.one, 0)).isNull();
		assertThat(capacity.addSession(this.one, 0)).isEqualTo(Limit.CONNECTIONS_PER_ADDRESS);
		assertThat(capacity.addSession(two, 0)).isNull();
		assertThat(capacity.addSession(two, 0)).isEqualTo(Limit.CONNECTIONS);
		capacity.removeSession(this.one);
		assertThat(capacity.addSession(two, 0)).isNull();
	}

	@Test
	void countSocketsOfAnotherServerEvenIfThereIsNoRoom() {
		Capacity capacity = new Capacity(WsServerOptions.builder().maxConnections(1).build(), 0);
		for (int i = 0; i < 1001; i++) {
			assertThat(capacity.addHostedSocket()).isTrue();
		}
		assertThat(capacity.addHostedSocket()).isFalse();
		assertThat(capacity.sockets()).isEqualTo(1002);
		capacity.removeSocket();
		capacity.removeSocket();
		assertThat(capacity.addHostedSocket()).isTrue();
	}

	@Test
	void countNoHandshakeThatThereIsNoRoomFor() {
		Capacity capacity = new Capacity(
				WsServerOptions.builder().maxConnections(1).admission(new AdmissionOptions(0, 0, 2)).build(), 0);
		assertThat(capacity.addSession(this.one, 0)).isNull();
		assertThat(capacity.addSession(this.one, 0)).isEqualTo(Limit.CONNECTIONS);
		capacity.removeSession(this.one);
		assertThat(capacity.addSession(this.one, 0)).isNull();
		capacity.removeSession(this.one);
		assertThat(capacity.addSession(this.one, 0)).isEqualTo(Limit.HANDSHAKES_PER_SECOND);
		assertThat(capacity.addSession(this.one, SECOND / 2)).isNull();
		assertThat(capacity.addSession(this.one, SECOND)).isEqualTo(Limit.CONNECTIONS);
	}

	@Test
	void leaveRoomForThoseToBeRefused() {
		Capacity capacity = new Capacity(WsServerOptions.builder().maxConnections(1).build(), 0);
		for (int i = 0; i < 1001; i++) {
			UnfinishedHandshake handshake = unfinished();
			assertThat(capacity.addSocket(handshake)).isTrue();
			capacity.finish(handshake);
		}
		assertThat(capacity.addSocket(unfinished())).isFalse();
		capacity.removeSocket();
		assertThat(capacity.sockets()).isEqualTo(1000);
		assertThat(capacity.addSocket(unfinished())).isTrue();
	}

	/**
	 * Nobody makes room before its loop has come to it, and only so many may be about to.
	 */
	@Test
	void countThoseThatAreAboutToMakeRoom() {
		Capacity capacity = new Capacity(WsServerOptions.builder().maxConnections(1).build(), 0);
		Queue<Runnable> loop = new ArrayDeque<>();
		for (int i = 0; i < 1101; i++) {
			assertThat(capacity.addSocket(new UnfinishedHandshake(this.one, loop::add))).isTrue();
		}
		UnfinishedHandshake last = new UnfinishedHandshake(this.one, loop::add);
		assertThat(capacity.addSocket(last)).isFalse();
		assertThat(loop).hasSize(100);
		loop.forEach(Runnable::run);
		assertThat(capacity.addSocket(last)).isTrue();
	}

	private UnfinishedHandshake unfinished() {
		return new UnfinishedHandshake(this.one, Runnable::run);
	}

}
