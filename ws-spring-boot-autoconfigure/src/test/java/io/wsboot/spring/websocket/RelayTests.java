package io.wsboot.spring.websocket;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.wsboot.server.RawClient;
import io.wsboot.spring.context.CurrentServer;
import io.wsboot.spring.test.WsTestClient;
import io.wsboot.spring.websocket.Application.Container;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.TransportConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.messaging.simp.broker.BrokerAvailabilityEvent;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.stereotype.Controller;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** STOMP with a relay to a broker, which is a real one. */
@Timeout(120)
@ParameterizedClass
@EnumSource
class RelayTests {

	private static final BlockingQueue<Boolean> AVAILABLE = new LinkedBlockingQueue<>();

	private static BrokerService broker;

	private static int brokerPort;

	private static ConfigurableApplicationContext context;

	private static int port;

	RelayTests(Place place) {
		assertThat(place).isNotNull();
	}

	@BeforeParameterizedClassInvocation
	static void start(Place place) throws Exception {
		AVAILABLE.clear();
		brokerPort = 0;
		startBroker();
		if (place == Place.TOMCAT) {
			Application application = Application.run(Container.TOMCAT, OnSharedPort.class);
			context = application.context;
			port = application.port;
		}
		else {
			context = new SpringApplicationBuilder(OnOwnPort.class).web(WebApplicationType.NONE)
				.properties("ws.server.port=0", "spring.main.banner-mode=off", "logging.level.root=warn")
				.run();
			port = context.getBean(CurrentServer.class).port();
		}
		expectAvailable(true);
	}

	@AfterParameterizedClassInvocation
	static void stop() throws Exception {
		context.close();
		stopBroker();
	}

	/** On the same port as before, if it has run before. */
	private static void startBroker() throws Exception {
		broker = new BrokerService();
		broker.setPersistent(false);
		broker.setUseJmx(false);
		broker.setUseShutdownHook(false);
		broker.getSystemUsage().getMemoryUsage().setLimit(8 * 1024 * 1024);
		broker.getSystemUsage().getTempUsage().setLimit(8 * 1024 * 1024);
		TransportConnector connector = broker.addConnector("stomp://localhost:" + brokerPort);
		broker.start();
		broker.waitUntilStarted();
		brokerPort = connector.getConnectUri().getPort();
	}

	private static void stopBroker() throws Exception {
		broker.stop();
		broker.waitUntilStopped();
	}

	private static void expectAvailable(boolean available) throws InterruptedException {
		assertThat(AVAILABLE.poll(30, TimeUnit.SECONDS)).isEqualTo(available);
	}

	/** A client that the broker has welcomed. */
	private static WsTestClient connect() {
		WsTestClient client = open();
		client.send("CONNECT\naccept-version:1.2\nheart-beat:0,0\nhost:x\n\n\0");
		assertThat(client.nextText()).startsWith("CONNECTED\n");
		return client;
	}

	private static WsTestClient open() {
		return WsTestClient.builder().subprotocols("v12.stomp").connect(port, "/stomp");
	}

	/** Subscribes, and waits for the broker's receipt. */
	private static void subscribe(WsTestClient client, String id, String destination) {
		client.send("SUBSCRIBE\nid:" + id + "\ndestination:" + destination + "\nreceipt:r-" + id + "\n\n\0");
		assertThat(client.nextText()).startsWith("RECEIPT\n").contains("receipt-id:r-" + id);
	}

	private static void send(WsTestClient client, String destination, String body) {
		client.send("SEND\ndestination:" + destination + "\ncontent-type:text/plain\n\n" + body + "\0");
	}

	/** The connections that the broker knows: one is the relay's own. */
	private static int connections() throws Exception {
		return broker.getBroker().getClients().length;
	}

	private static void expectNobody() {
		await().until(() -> context.getBean(CurrentServer.class).sessions().count() == 0);
		await().until(() -> connections() == 1);
	}

	@Test
	void messagesGoThroughTheBroker() throws Exception {
		try (WsTestClient one = connect(); WsTestClient two = connect()) {
			subscribe(one, "0", "/topic/lobby");
			subscribe(two, "0", "/topic/lobby");
			send(one, "/topic/lobby", "hello");
			assertThat(one.nextText()).startsWith("MESSAGE\n").contains("subscription:0").endsWith("\n\nhello\0");
			assertThat(two.nextText()).startsWith("MESSAGE\n").endsWith("\n\nhello\0");
			context.getBean(SimpMessagingTemplate.class).convertAndSend("/topic/lobby", "from the application");
			assertThat(one.nextText()).endsWith("\n\nfrom the application\0");
			assertThat(two.nextText()).endsWith("\n\nfrom the application\0");
			one.send("UNSUBSCRIBE\nid:0\nreceipt:gone\n\n\0");
			assertThat(one.nextText()).startsWith("RECEIPT\n").contains("receipt-id:gone");
			send(one, "/topic/lobby", "only two");
			assertThat(two.nextText()).endsWith("\n\nonly two\0");
			assertThat(connections()).isEqualTo(3);
		}
		expectNobody();
	}

	@Test
	void usersHaveDestinations() {
		try (WsTestClient one = connect(); WsTestClient two = connect()) {
			subscribe(one, "0", "/user/queue/replies");
			subscribe(two, "0", "/user/queue/replies");
			send(one, "/app/hello", "one");
			send(two, "/app/hello", "two");
			assertThat(one.nextText()).startsWith("MESSAGE\n")
				.contains("destination:/user/queue/replies")
				.endsWith("\n\nhello one\0");
			assertThat(two.nextText()).endsWith("\n\nhello two\0");
		}
		expectNobody();
	}

	@Test
	void aDisconnectIsReceipted() throws Exception {
		try (WsTestClient client = connect()) {
			await().until(() -> connections() == 2);
			client.send("DISCONNECT\nreceipt:bye\n\n\0");
			assertThat(client.nextText()).startsWith("RECEIPT\n").contains("receipt-id:bye");
			await().until(() -> connections() == 1);
		}
		expectNobody();
	}

	@Test
	void aLostClientIsNoSubscriberAnyMore() throws Exception {
		try (RawClient client = RawClient.open(port, "/stomp")) {
			client.sendText("CONNECT\naccept-version:1.2\nheart-beat:0,0\nhost:x\n\n\0");
			assertThat(client.readText()).startsWith("CONNECTED\n");
			await().until(() -> connections() == 2);
			client.reset();
			expectNobody();
		}
	}

	@Test
	void heartbeatsGoBothWays() {
		try (WsTestClient client = open()) {
			client.send("CONNECT\naccept-version:1.2\nheart-beat:60000,300\nhost:x\n\n\0");
			assertThat(client.nextText()).startsWith("CONNECTED\n").contains("heart-beat:300,60000");
			for (int i = 0; i < 3; i++) {
				assertThat(client.nextText()).isEqualTo("\n");
				client.send("\n");
			}
		}
		expectNobody();
		try (WsTestClient client = open()) {
			client.send("CONNECT\naccept-version:1.2\nheart-beat:300,0\nhost:x\n\n\0");
			assertThat(client.nextText()).startsWith("CONNECTED\n");
			expectNobody(); // as no heartbeat comes
		}
	}

	@Test
	void theBrokerGoesAndComesBack() throws Exception {
		try (WsTestClient client = connect()) {
			subscribe(client, "0", "/topic/lobby");
			stopBroker();
			expectAvailable(false);
			assertThat(client.nextText()).startsWith("ERROR\n");
			assertThat(client.closeStatus().code()).isEqualTo(1002);
			try (WsTestClient early = open()) {
				early.send("CONNECT\naccept-version:1.2\nheart-beat:0,0\nhost:x\n\n\0");
				assertThat(early.nextText()).startsWith("ERROR\n");
				assertThat(early.closeStatus().code()).isEqualTo(1002);
			}
		}
		finally {
			startBroker();
		}
		expectAvailable(true);
		try (WsTestClient client = connect()) {
			subscribe(client, "0", "/topic/lobby");
			send(client, "/topic/lobby", "again");
			assertThat(client.nextText()).endsWith("\n\nagain\0");
		}
		expectNobody();
	}

	@Test
	void manyMessagesKeepTheirOrder() {
		try (WsTestClient client = connect()) {
			subscribe(client, "0", "/topic/order");
			SimpMessagingTemplate template = context.getBean(SimpMessagingTemplate.class);
			String big = "x".repeat(20_000);
			for (int i = 0; i < 100; i++) {
				template.convertAndSend("/topic/order", big);
				template.convertAndSend("/topic/order", Integer.toString(i));
			}
			for (int i = 0; i < 100; i++) {
				assertThat(client.nextText()).hasSizeGreaterThan(20_000);
				assertThat(client.nextText()).endsWith("\n\n" + i + "\0");
			}
		}
		expectNobody();
	}

	/** Where clients connect. */
	enum Place {

		TOMCAT, OWN_PORT

	}

	private static void useRelay(MessageBrokerRegistry registry) {
		registry.enableStompBrokerRelay("/topic", "/queue")
			.setRelayHost("localhost")
			.setRelayPort(brokerPort)
			.setSystemHeartbeatSendInterval(0)
			.setSystemHeartbeatReceiveInterval(0);
		registry.setApplicationDestinationPrefixes("/app");
		registry.setPreservePublishOrder(true);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocketMessageBroker
	static class OnSharedPort implements WebSocketMessageBrokerConfigurer {

		@Override
		public void registerStompEndpoints(StompEndpointRegistry registry) {
			registry.addEndpoint("/stomp");
		}

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
			useRelay(registry);
		}

		@Bean
		Hello hello() {
			return new Hello();
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class OnOwnPort extends StompWithoutWebServer {

		@Override
		protected void configureMessageBroker(MessageBrokerRegistry registry) {
			useRelay(registry);
		}

		@Bean
		Hello hello() {
			return new Hello();
		}

	}

	@Controller
	static class Hello {

		@MessageMapping("/hello")
		@SendToUser(destinations = "/queue/replies", broadcast = false)
		String hello(String name) {
			return "hello " + name;
		}

		@EventListener
		void available(BrokerAvailabilityEvent event) {
			AVAILABLE.add(event.isBrokerAvailable());
		}

	}

}
