package io.wsboot.protocol;

import java.nio.ByteBuffer;
import java.util.List;

import io.wsboot.ClientBytes;
import io.wsboot.CloseStatus;
import io.wsboot.EverySplit;
import io.wsboot.EndpointOptions;
import io.wsboot.HandshakeDecision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * How a conversation with {@link ServerProtocol} begins.
 */
class HandshakeTest {

	private static final byte[] WITH_FRAMES = new ClientBytes().handshake()
		.text("early")
		.ping()
		.close(1000, "")
		.bytes();

	private final Exchange exchange = Exchange.unopened();

	private final ServerProtocol protocol = this.exchange.protocol;

	@AfterEach
	void nothingIsLeft() {
		this.exchange.close();
	}

	@Nested
	class Section4_2_2_Accept {

		@Test
		void framesBehindTheRequestAreReadIfAcceptedAtOnce() {
			EverySplit.forEach(WITH_FRAMES, (chunks) -> {
				try (Exchange atOnce = Exchange.unopened()) {
					atOnce.recorder.on("request",
							() -> atOnce.protocol.request()
								.accept(HandshakeDecision.accept(), EndpointOptions.DEFAULTS, Exchange.LIMITS,
										atOnce.recorder));
					chunks.forEach(atOnce::receive);
					atOnce.expect("request /echo", "response 101", "text early", "ping ", "sends 8A00",
							"sends 880203E8", "closed PEER 1000");
				}
			});
		}

		@Test
		void framesBehindTheRequestAreLeftIfAcceptedLater() {
			EverySplit.forEach(WITH_FRAMES, (chunks) -> {
				try (Exchange later = Exchange.unopened()) {
					for (ByteBuffer chunk : chunks) {
						later.protocol.receive(chunk);
						if (!later.protocol.reads()) {
							int left = chunk.remaining();
							later.protocol.receive(chunk);
							assertThat(chunk.remaining()).isEqualTo(left);
							later.expect("request /echo");
							later.protocol.request()
								.accept(HandshakeDecision.accept(), EndpointOptions.DEFAULTS, Exchange.LIMITS,
										later.recorder);
							later.expect("response 101");
							later.receive(chunk);
						}
						assertThat(chunk.hasRemaining()).isFalse();
					}
					later.expect("text early", "ping ", "sends 8A00", "sends 880203E8", "closed PEER 1000");
				}
			});
		}

		@Test
		void theServersFirstSubprotocolThatIsOfferedIsAgreed() {
			exchange.receive(new ClientBytes().handshake("Sec-WebSocket-Protocol: c, b, a\r\n"));
			assertThat(protocol.request()
				.accept(HandshakeDecision.accept(), EndpointOptions.DEFAULTS.withSubprotocols("x", "a", "b"),
						Exchange.LIMITS, exchange.recorder))
				.isEqualTo(new Agreement("a", null));
			assertThat(protocol.mayClose()).isTrue();
			exchange.expect("request /echo", "response 101");
		}

		@Test
		void aSubprotocolThatIsNotOfferedIsNot() {
			exchange.receive(new ClientBytes().handshake("Sec-WebSocket-Protocol: c\r\n")).expect("request /echo");
			assertThatIllegalArgumentException().isThrownBy(() -> protocol.request()
				.accept(HandshakeDecision.accept().withSubprotocol("a"), EndpointOptions.DEFAULTS.withSubprotocols("a"),
						Exchange.LIMITS, exchange.recorder));
			exchange.expect();
			protocol.request().refuse(HandshakeDecision.refuse(500));
			exchange.expect("response 500");
		}

		@Test
		void aHeaderThatTheHandshakeItselfSetsIsRefused() {
			exchange.receive(new ClientBytes().handshake()).expect("request /echo");
			HandshakeDecision.Accept decision = HandshakeDecision.accept().withHeader("Upgrade", "x");
			assertThatIllegalArgumentException().isThrownBy(() -> protocol.request()
				.accept(decision, EndpointOptions.DEFAULTS, Exchange.LIMITS, exchange.recorder));
			exchange.expect();
			protocol.request()
				.accept(HandshakeDecision.accept(), EndpointOptions.DEFAULTS, Exchange.LIMITS, exchange.recorder);
			exchange.expect("response 101");
		}

		@Test
		void aRequestMayBeAcceptedOnce() {
			assertThatIllegalStateException().isThrownBy(() -> protocol.request()
				.accept(HandshakeDecision.accept(), EndpointOptions.DEFAULTS, Exchange.LIMITS, exchange.recorder));
			exchange.receive(new ClientBytes().handshake());
			protocol.request()
				.accept(HandshakeDecision.accept(), EndpointOptions.DEFAULTS, Exchange.LIMITS, exchange.recorder);
			assertThatIllegalStateException().isThrownBy(() -> protocol.request()
				.accept(HandshakeDecision.accept(), EndpointOptions.DEFAULTS, Exchange.LIMITS, exchange.recorder));
			assertThatIllegalStateException()
				.isThrownBy(() -> protocol.request().refuse(HandshakeDecision.refuse(403)));
			exchange.expect("request /echo", "response 101");
		}

		@Test
		void aRequestWithAFaultMayNot() {
			exchange.receive(new ClientBytes().ascii("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n"))
				.expect("request /echo fault 426");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> protocol.request()
					.accept(HandshakeDecision.accept(), EndpointOptions.DEFAULTS, Exchange.LIMITS, exchange.recorder))
				.withMessageEndingWith("(RFC 6455 §4.2.1)");
			protocol.request().refuse(HandshakeDecision.refuse(426));
			exchange.expect("response 426");
		}

		@Test
		void aClientThatHasGoneMayNot() {
			exchange.receive(new ClientBytes().handshake()).expect("request /echo");
			protocol.endOfInput();
			assertThatIllegalStateException().isThrownBy(() -> protocol.request()
				.accept(HandshakeDecision.accept(), EndpointOptions.DEFAULTS, Exchange.LIMITS, exchange.recorder));
		}

	}

	@Nested
	class Section4_2_2_Refuse {

		@Test
		void nothingBehindTheRequestIsReadIfRefusedAtOnce() {
			EverySplit.forEach(WITH_FRAMES, (chunks) -> {
				try (Exchange refused = Exchange.unopened()) {
					refused.recorder.on("request",
							() -> refused.protocol.request().refuse(HandshakeDecision.refuse(403)));
					chunks.forEach(refused::receive);
					refused.expect("request /echo", "response 403");
				}
			});
		}

		@Test
		void norIfRefusedLater() {
			ByteBuffer in = Exchange.lend(WITH_FRAMES);
			protocol.receive(in);
			assertThat(in.hasRemaining()).isTrue();
			protocol.request().refuse(HandshakeDecision.refuse(404));
			assertThat(protocol.reads()).isTrue();
			exchange.receive(in).expect("request /echo", "response 404");
			protocol.close(CloseStatus.NORMAL, true);
			protocol.endOfInput();
		}

		@Test
		void whatIsNoHttpIsRefusedWithoutBeingAsked() {
			EverySplit.forEach("GET /echo HTTP/1.1\nHost: a\r\n\r\n", (chunks) -> {
				try (Exchange malformed = Exchange.unopened()) {
					chunks.forEach(malformed::receive);
					malformed.expect("response 400", "refused 400");
				}
			});
		}

		@Test
		void limitsOfTheHeadAreThoseGiven() {
			exchange.receive(new ClientBytes().ascii("GET /" + "x".repeat(8192))).expect("response 414", "refused 414");
		}

	}

	@Nested
	class BeforeTheDecision {

		@Test
		void nothingCanBeClosed() {
			protocol.close(CloseStatus.NORMAL, true);
			protocol.fail(CloseStatus.POLICY_VIOLATION);
			exchange.receive(new ClientBytes().handshake());
			protocol.close(CloseStatus.NORMAL, true);
			protocol.fail(CloseStatus.POLICY_VIOLATION);
			assertThat(protocol.mayClose()).isFalse();
			protocol.request()
				.accept(HandshakeDecision.accept(), EndpointOptions.DEFAULTS, Exchange.LIMITS, exchange.recorder);
			assertThat(protocol.mayClose()).isTrue();
			exchange.expect("request /echo", "response 101");
		}

	}

}
