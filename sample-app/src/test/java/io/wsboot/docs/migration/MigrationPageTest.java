package io.wsboot.docs.migration;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.wsboot.docs.migration.Interceptors.GreetingEndpoint;
import io.wsboot.sample.SampleApplication;
import io.wsboot.spring.test.LocalWsPort;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.server.standard.ServerEndpointExporter;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests that all four versions of the rooms behave alike. */
class MigrationPageTest {

	private static void converse(IntFunction<WsTestClient> connect) {
		try (WsTestClient ann = connect.apply(0);
				WsTestClient bob = connect.apply(0);
				WsTestClient eve = connect.apply(1)) {
			ann.send("{\"text\":\"hello\"}");
			assertThat(ann.nextText()).isEqualTo("{\"text\":\"hello\"}");
			assertThat(bob.nextText()).isEqualTo("{\"text\":\"hello\"}");
			eve.send("{\"text\":\"elsewhere\"}");
			assertThat(eve.nextText()).isEqualTo("{\"text\":\"elsewhere\"}");
			bob.send("{\"text\":\"bye\"}");
			assertThat(ann.nextText()).isEqualTo("{\"text\":\"bye\"}");
		}
	}

	private static WsTestClient connect(int port, int room) {
		return WsTestClient.connect(port, "/rooms/r" + room);
	}

	@Nested
	@SpringBootTest(classes = { SampleApplication.class, RoomEndpoint.class, GreetingEndpoint.class },
			webEnvironment = SpringBootTest.WebEnvironment.NONE, properties = "ws.server.port=0")
	class Ours {

		@LocalWsPort
		private int port;

		@Test
		void converse() {
			MigrationPageTest.converse((room) -> connect(this.port, room));
		}

		@Test
		void handshakes() {
			assertThat(WsTestClient.refusal(this.port, "/greetings").status()).isEqualTo(403);
			try (WsTestClient client = WsTestClient.builder()
				.header("Accept-Language", "fi")
				.connect(this.port, "/greetings")) {
				assertThat(client.send("hei").nextText()).isEqualTo("fi: hei");
			}
		}

	}

	@Nested
	@SpringBootTest(classes = { SampleApplication.class, SpringRooms.RoomConfiguration.class },
			webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "ws.server.port=0")
	class Springs {

		@LocalServerPort
		private int port;

		@Test
		void converse() {
			MigrationPageTest.converse((room) -> connect(this.port, room));
		}

	}

	@Nested
	@SpringBootTest(classes = { SampleApplication.class, JakartaConfiguration.class },
			webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "ws.server.port=0")
	class Jakartas {

		@LocalServerPort
		private int port;

		@Test
		void converse() {
			MigrationPageTest.converse((room) -> connect(this.port, room));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class JakartaConfiguration {

		@Bean
		ServerEndpointExporter exporter() {
			ServerEndpointExporter exporter = new ServerEndpointExporter();
			exporter.setAnnotatedEndpointClasses(JakartaRooms.RoomServerEndpoint.class);
			return exporter;
		}

	}

	@Test
	void nettys() throws Exception {
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		try {
			Channel listener = new ServerBootstrap().group(group)
				.channel(NioServerSocketChannel.class)
				.childHandler(new NettyRooms.RoomInitializer())
				.bind("localhost", 0)
				.sync()
				.channel();
			int port = ((InetSocketAddress) listener.localAddress()).getPort();
			converse((room) -> connect(port, room));
		}
		finally {
			group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
		}
	}

}
