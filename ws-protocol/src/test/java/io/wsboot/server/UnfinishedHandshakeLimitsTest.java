package io.wsboot.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

import io.wsboot.server.config.AdmissionOptions;
import io.wsboot.server.config.ProxyOptions;
import io.wsboot.server.config.WsServerOptionsBuilder;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.spi.WsServerObserver.Limit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sockets that say nothing, or too little, take no room from clients at other addresses.
 */
@Timeout(60)
class UnfinishedHandshakeLimitsTest {

	/** That may be open beside the sessions. */
	private static final int SPARE = 1000;

	private final BlockingQueue<Limit> told = new LinkedBlockingQueue<>();

	private final List<RawClient> clients = new ArrayList<>();

	@AfterEach
	void close() {
		this.clients.forEach(RawClient::reset);
	}

	private RunningServer start(Consumer<WsServerOptionsBuilder> options) {
		return new RunningServer(new RecordingHandler(), options, (builder) -> builder.observer(new WsServerObserver() {

			@Override
			public void limited(Limit limit) {
				UnfinishedHandshakeLimitsTest.this.told.add(limit);
			}

		}));
	}

	/** From an address of this machine. */
	private RawClient connect(RunningServer server, String address) throws IOException {
		Socket socket = new Socket();
		socket.setSoTimeout(10_000);
		socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
		socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
		RawClient client = new RawClient(socket, socket.getInputStream(), socket.getOutputStream());
		this.clients.add(client);
		return client;
	}

	private List<RawClient> silent(RunningServer server, int count) throws IOException {
		List<RawClient> silent = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			silent.add(connect(server, "127.0.0.1"));
		}
		Awaitility.await().until(() -> server.server.unfinishedHandshakes() == count);
		return silent;
	}

	@Test
	@EnabledOnOs(OS.LINUX) // where the whole of 127.0.0.0/8 is this machine
	void ofOneAddressTakeNoRoomFromOthers() throws IOException {
		try (RunningServer server = start((options) -> options.maxConnections(2))) {
			List<RawClient> silent = silent(server, SPARE + 2);
			connect(server, "127.0.0.2").handshake("/echo").expectEcho("somebody else");
			silent.get(0).expectEnd();
			assertThat(this.told).containsExactly(Limit.UNFINISHED_HANDSHAKES);
			silent.get(1).handshake("/echo").expectEcho("the others are as they were");
			assertThat(server.server.sockets()).isEqualTo(SPARE + 2);
		}
	}

	@Test
	void areNoMoreThanAnAddressMayHaveSessions() throws IOException {
		try (RunningServer server = start((options) -> options.admission(new AdmissionOptions(2, 0, 0)))) {
			List<RawClient> silent = silent(server, 2);
			assertThat(this.told).isEmpty();
			RawClient third = connect(server, "127.0.0.1");
			silent.get(0).expectEnd();
			assertThat(this.told).containsExactly(Limit.UNFINISHED_HANDSHAKES);
			third.handshake("/echo").expectEcho("the newest");
			silent.get(1).handshake("/echo").expectEcho("the second");
			assertThat(server.server.unfinishedHandshakes()).isZero();
		}
	}

	@Test
	void ofATrustedProxyAreThoseOfManyClients() throws IOException {
		ProxyOptions proxies = new ProxyOptions(List.of("127.0.0.1"), ProxyOptions.Headers.X_FORWARDED);
		try (RunningServer server = start((options) -> options.admission(new AdmissionOptions(2, 0, 0, proxies)))) {
			List<RawClient> silent = silent(server, 5);
			silent.get(0).handshake("/echo", "X-Forwarded-For: 192.0.2.1").expectEcho("still here");
			assertThat(this.told).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	void areCountedOutAtWhateverMomentTheyAreReset(Wire wire) {
		byte[] head = RawClient.head("/echo").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
		Random random = new Random(1);
		try (RunningServer server = wire.start(new RecordingHandler(),
				(options) -> options.admission(new AdmissionOptions(3, 0, 0)))) {
			for (int i = 0; i < 100; i++) {
				RawClient client = RawClient.connect(server.port()); // no TLS at first
				int length = random.nextInt(head.length + 1);
				client.send(java.util.Arrays.copyOf(head, length));
				if (random.nextBoolean()) {
					server.pass();
				}
				client.reset();
			}
			Awaitility.await().until(() -> server.server.sockets() == 0);
			assertThat(server.server.unfinishedHandshakes()).isZero();
			RawClient session = wire.connect(server.port(), 0).handshake("/echo");
			session.expectEcho("room for all");
			assertThat(server.server.unfinishedHandshakes()).isZero();
			session.reset();
			server.expectNothingLeft();
		}
	}

	@ParameterizedTest
	@CsvSource({ "64, 2001:db8:1:1::1, 2001:db8:1:1:ffff::2, true", "64, 2001:db8:1:1::1, 2001:db8:1:2::1, false",
			"128, 2001:db8:1:1::1, 2001:db8:1:1::2, false", "48, 2001:db8:1:1::1, 2001:db8:1:2::1, true",
			"61, 2001:db8:1:1::1, 2001:db8:1:7::1, true", "61, 2001:db8:1:1::1, 2001:db8:1:8::1, false",
			"1, 2001:db8::1, 7fff::1, true", "1, 2001:db8::1, 8000::1, false", "64, ::ffff:192.0.2.1, 192.0.2.1, true",
			"64, ::ffff:192.0.2.1, ::ffff:192.0.2.2, false", "64, 64:ff9b::192.0.2.1, 192.0.2.1, true",
			"64, 64:ff9b::192.0.2.1, 64:ff9b::192.0.2.2, false", "64, 2002:c000:201:1::1, 2002:c000:201:2::1, true",
			"64, 2002:c000:201::1, 192.0.2.1, true", "1, 192.0.2.1, 192.0.2.2, false" })
	void oneClientIsToldByThePrefixOfItsAddress(int bits, String one, String other, boolean same) throws IOException {
		ProxyOptions proxies = new ProxyOptions(List.of("127.0.0.1"), ProxyOptions.Headers.X_FORWARDED);
		try (RunningServer server = start(
				(options) -> options.admission(new AdmissionOptions(1, 0, 0, proxies, bits)))) {
			server.connect().handshake("/echo", "X-Forwarded-For: " + one).expectEcho("the first");
			RawClient second = server.connect();
			second.send(RawClient.head("/echo", "X-Forwarded-For: " + other));
			assertThat(second.readResponse().status()).isEqualTo(same ? 503 : 101);
		}
	}

}
