package io.wsboot.docs.endpoints;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;

import io.wsboot.CloseStatus;
import io.wsboot.docs.endpoints.Replies.FeedEndpoint;
import io.wsboot.docs.endpoints.Replies.FileEndpoint;
import io.wsboot.docs.endpoints.Replies.LookupEndpoint;
import io.wsboot.docs.endpoints.Replies.UpperEndpoint;
import io.wsboot.docs.endpoints.Tenancy.TenantEndpoint;
import io.wsboot.sample.SampleApplication;
import io.wsboot.spring.test.LocalWsPort;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests the examples of {@code docs/endpoints.md}. */
@SpringBootTest(classes = { SampleApplication.class, TicketEndpoint.class, AccountResolver.class, CsvConverter.class,
		TableEndpoint.class, OrderEndpoint.class, FeedEndpoint.class, LookupEndpoint.class, FileEndpoint.class,
		UpperEndpoint.class, TelemetryEndpoint.class, PartsEndpoint.class, TenantEndpoint.class, Announcements.class },
		webEnvironment = SpringBootTest.WebEnvironment.NONE, properties = "ws.server.port=0")
class EndpointsPageTest {

	@LocalWsPort
	private int port;

	@Autowired
	private Announcements announcements;

	@Test
	void tickets() {
		UUID id = UUID.randomUUID();
		assertThat(WsTestClient.refusal(this.port, "/tickets/" + id).status()).isEqualTo(401);
		assertThat(WsTestClient.builder().header("X-Api-Key", "ann").refusal(this.port, "/tickets/7").status())
			.isEqualTo(400);
		try (WsTestClient ann = WsTestClient.builder()
			.header("X-Api-Key", "ann")
			.connect(this.port, "/tickets/" + id + "?from=3")) {
			assertThat(ann.nextText()).isEqualTo("ann watches " + id + " from 3");
			assertThat(ann.send("{\"text\": \"hi\"}").nextText()).isEqualTo("{\"text\":\"ann: hi\"}");
			assertThat(ann.send(new byte[7]).nextText()).isEqualTo("7");
			this.announcements.announce("maintenance");
			assertThat(ann.nextText()).isEqualTo("maintenance");
			this.announcements.ban("ann");
			assertThat(ann.closeStatus().code()).isEqualTo(CloseStatus.POLICY_VIOLATION.code());
		}
	}

	@Test
	void resolversAndConverters() {
		try (WsTestClient client = WsTestClient.connect(this.port, "/table")) {
			assertThat(client.nextText()).isEqualTo("nobody");
			assertThat(client.send("a;b").nextText()).isEqualTo("a");
		}
	}

	@Test
	void validation() {
		try (WsTestClient client = WsTestClient.connect(this.port, "/orders")) {
			assertThat(client.send("{\"article\": \"tea\", \"count\": 2}").nextText()).isEqualTo("ordered tea");
			assertThat(client.send("{\"article\": \"\", \"count\": 200}").nextText())
				.isEqualTo("article must not be blank, count must be less than or equal to 100");
		}
	}

	@Test
	void repliesOverTime() {
		try (WsTestClient client = WsTestClient.connect(this.port, "/feed")) {
			client.send("3");
			assertThat(List.of(client.nextText(), client.nextText(), client.nextText())).containsExactly("1", "2", "3");
		}
		try (WsTestClient client = WsTestClient.connect(this.port, "/lookup")) {
			assertThat(client.send("tea").nextText()).isEqualTo("found tea");
		}
		try (WsTestClient client = WsTestClient.connect(this.port, "/files/x")) {
			assertThat(client.send("application.yml").nextBinary()).asString(StandardCharsets.UTF_8).contains("ws:");
		}
		try (WsTestClient client = WsTestClient.connect(this.port, "/upper")) {
			assertThat(client.send("x".repeat(3_000_000)).nextText()).isEqualTo("3000000");
		}
	}

	@Test
	void limitsAndExecution() {
		try (WsTestClient client = WsTestClient.connect(this.port, "/telemetry")) {
			client.send(new byte[10]).send(new byte[20]).send("how many?");
			assertThat(client.nextText()).isEqualTo("30");
			client.send(new byte[64 * 1024 + 1]);
			assertThat(client.closeStatus().code()).isEqualTo(1009);
		}
	}

	@Test
	void parts() {
		byte[] payload = "parts ".repeat(100_000).getBytes(StandardCharsets.UTF_8);
		CRC32 sum = new CRC32();
		sum.update(payload);
		try (WsTestClient client = WsTestClient.connect(this.port, "/checksum")) {
			assertThat(client.send(payload).nextText()).isEqualTo(Long.toHexString(sum.getValue()));
		}
	}

	@Test
	void annotationsOfOnesOwn() {
		assertThat(WsTestClient.refusal(this.port, "/tenant").status()).isEqualTo(400);
		try (WsTestClient client = WsTestClient.builder().header("X-Tenant", "acme").connect(this.port, "/tenant")) {
			assertThat(client.send("hi").nextText()).isEqualTo("acme says hi");
		}
	}

}
