package io.wsboot.spring.tomcat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.management.JMException;
import javax.management.ObjectName;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Nothing of Tomcat's is left behind by connections that come and go. */
@EnabledOnOs(OS.LINUX)
class ManyConnectionsTests {

	@ParameterizedTest
	@CsvSource({ "SOCKET, 1000", "WIRE, 1000", "TLS_SOCKET, 100", "TLS_WIRE, 100", "NIO2, 300", "TLS_NIO2, 100" })
	void areForgotten(Way way, int count) throws Exception {
		try (SharedTomcat server = SharedTomcat.start(way); Client beside = Client.connect(server)) {
			beside.expectHello("/");
			round(server, beside, 10);
			List<Long> before = server.kept();
			long descriptors = descriptors();
			for (int i = 0; i < 5; i++) {
				round(server, beside, count);
				server.expectKept(before);
				await().atMost(Duration.ofSeconds(20))
					.untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(descriptors));
				assertThat(processors()).isLessThanOrEqualTo(16); // 8 threads, and some
																	// in between
			}
			assertThat(server.failures).isEmpty();
		}
	}

	/** Opens connections, and closes them in one of three ways. */
	private void round(SharedTomcat server, Client beside, int count) throws IOException {
		List<Client> clients = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			clients.add(Client.open(server));
		}
		server.expectSessions(count);
		beside.expectHello("/beside");
		for (Client client : clients) {
			client.expectEcho("hello");
		}
		for (int i = 0; i < count; i++) {
			switch (i % 3) {
				case 0 -> clients.get(i).closeInOrder();
				case 1 -> clients.get(i).close();
				default -> clients.get(i).reset();
			}
		}
		server.expectSessions(0);
		beside.expectHello("/beside");
	}

	private static long descriptors() throws IOException {
		try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
			return all.count();
		}
	}

	/** Request processors that Tomcat has registered. */
	private static int processors() throws JMException {
		return ManagementFactory.getPlatformMBeanServer()
			.queryNames(new ObjectName("Tomcat:type=RequestProcessor,*"), null)
			.size();
	}

}
