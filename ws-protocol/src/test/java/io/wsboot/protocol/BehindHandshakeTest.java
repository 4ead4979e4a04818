package io.wsboot.protocol;

import java.util.List;

import io.wsboot.ClientBytes;
import io.wsboot.CloseStatus;
import io.wsboot.EndpointOptions;
import io.wsboot.EverySplit;
import io.wsboot.HandshakeDecision;
import io.wsboot.Headers;
import io.wsboot.MessageDelivery;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A conversation that begins behind the handshake, as somebody else has read, judged and
 * answered the request.
 */
class BehindHandshakeTest {

	private static final Headers OFFER = Headers.empty()
		.with("Sec-WebSocket-Protocol", "c, b, a")
		.with("Sec-WebSocket-Extensions", "permessage-deflate; server_max_window_bits=10");

	private static final byte[] WIRE = new ClientBytes().text("caf\u00E9")
		.frame(ClientBytes.BINARY, "01")
		.ping((byte) 7)
		.frame(ClientBytes.FIN | ClientBytes.CONTINUATION, "02")
		.pong()
		.close(1001, "bye")
		.bytes();

	private static final String[] EVENTS = { "text caf\u00E9", "ping 07", "sends 8A0107", "binary 0102", "pong ",
			"sends 880203E9", "closed PEER 1001 bye" };

	private final ProtocolRecorder recorder = new ProtocolRecorder();

	private final ServerProtocol protocol = new ServerProtocol(new Scratch(4096));

	@Test
	void theBytesBehindItAreTheFirstFrames() {
		EverySplit.forEach(WIRE, (chunks) -> {
			try (Exchange exchange = Exchange.entered(Exchange.LIMITS)) {
				chunks.forEach(exchange::receive);
				exchange.expect(EVENTS);
			}
		});
	}

	@Test
	void bytesThatComeBeforeItIsOpenAreLeft() {
		var early = Exchange.lend(WIRE);
		assertThat(this.protocol.reads()).isFalse();
		this.protocol.receive(early);
		assertThat(early.remaining()).isEqualTo(WIRE.length);
		open(new Agreement(null, null), EndpointOptions.DEFAULTS);
		assertThat(this.protocol.reads()).isTrue();
		this.protocol.receive(early);
		assertThat(early.hasRemaining()).isFalse();
		this.recorder.expect(EVENTS);
	}

	@Test
	void itIsOpenAtOnceForWhatWeSend() {
		assertThat(this.protocol.mayClose()).isFalse();
		this.protocol.close(CloseStatus.NORMAL, false);
		this.protocol.fail(CloseStatus.POLICY_VIOLATION);
		open(new Agreement(null, null), EndpointOptions.DEFAULTS);
		assertThat(this.protocol.mayClose()).isTrue();
		this.protocol.close(CloseStatus.GOING_AWAY, false);
		this.protocol.receive(Exchange.lend(WIRE));
		this.recorder.expect("sends 880203E9", "ping 07", "sends 8A0107", "closed LOCAL 1001");
	}

	@Test
	void messagesAreInflatedAndStreamedAsAgreed() {
		Agreement agreement = Agreement.of(OFFER, HandshakeDecision.accept(), List.of("x", "a", "b"),
				Compression.Offer.ALONE);
		assertThat(agreement.subprotocol()).isEqualTo("a");
		assertThat(agreement.compression()).isEqualTo(new Compression(false, 10));
		open(agreement, EndpointOptions.DEFAULTS.withText(MessageDelivery.inParts(0)));
		// an H, compressed
		this.protocol
			.receive(Exchange.lend(new ClientBytes().frame(0xC2, "F20000").frame(ClientBytes.TEXT, "61").bytes()));
		this.recorder.expect("binary 48", "text-part a");
		assertThat(this.protocol.kept()).isZero();
	}

	@Test
	void whatIsAgreedFollowsOfferAndDecision() {
		assertThat(Agreement.of(Headers.empty(), HandshakeDecision.accept(), List.of("a"),
				Compression.Offer.KEEPING_BOTH_WINDOWS))
			.isEqualTo(new Agreement(null, null));
		assertThat(Agreement.of(OFFER, HandshakeDecision.accept().withSubprotocol("c"), List.of("a"),
				Compression.Offer.NONE))
			.isEqualTo(new Agreement("c", null));
		assertThat(Agreement.of(OFFER, HandshakeDecision.accept(), List.of(), Compression.Offer.KEEPING_BOTH_WINDOWS)
			.compression()).isEqualTo(new Compression(true, 10));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Agreement.of(OFFER, HandshakeDecision.accept().withSubprotocol("d"), List.of("d"),
					Compression.Offer.NONE))
			.withMessageEndingWith("(RFC 6455 §4.2.2)");
	}

	@Test
	void itOpensOnceAndThereIsNoRequestToDecideAbout() {
		assertThatIllegalStateException().isThrownBy(this.protocol::request);
		open(new Agreement(null, null), EndpointOptions.DEFAULTS);
		assertThatIllegalStateException().isThrownBy(() -> open(new Agreement(null, null), EndpointOptions.DEFAULTS));
		this.protocol.endOfInput();
		this.recorder.expect("closed LOST 1006");
		assertThatIllegalStateException().isThrownBy(() -> open(new Agreement(null, null), EndpointOptions.DEFAULTS));
	}

	@Test
	void aPeerThatHasGoneBeforeIsNotOpened() {
		this.protocol.endOfInput();
		assertThatIllegalStateException().isThrownBy(() -> open(new Agreement(null, null), EndpointOptions.DEFAULTS));
		this.recorder.expect();
	}

	private void open(Agreement agreement, EndpointOptions options) {
		this.protocol.open(agreement, options, Exchange.LIMITS, this.recorder);
	}

}
