package io.wsboot.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

import io.wsboot.ClientBytes;
import io.wsboot.EndpointOptions;
import io.wsboot.EverySplit;
import io.wsboot.HandshakeDecision;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A conversation under test and what it has told. Fails on closing if something that it
 * told was not asked for.
 */
final class Exchange implements AutoCloseable {

	static final ProtocolLimits LIMITS = new ProtocolLimits(8192, 8192, 100, 262_144, 262_144, 1024);

	private static final int MARGIN = 3;

	private static final ByteBuffer HANDSHAKE = lend(new ClientBytes().handshake().bytes());

	private static final ByteBuffer OFFER = lend(
			new ClientBytes().handshake("Sec-WebSocket-Extensions: permessage-deflate\r\n").bytes());

	final ProtocolRecorder recorder = new ProtocolRecorder();

	final ServerProtocol protocol;

	private final ProtocolLimits limits;

	private Exchange(ProtocolLimits limits, Scratch scratch) {
		this.limits = limits;
		this.protocol = new ServerProtocol(scratch);
	}

	private Exchange(ProtocolLimits limits, Scratch scratch, Compression.Offer compression) {
		this.limits = limits;
		this.protocol = new ServerProtocol(limits, scratch, compression, this.recorder);
	}

	/** Before the first byte. */
	static Exchange unopened() {
		return unopened(new Scratch(4096));
	}

	static Exchange unopened(Scratch scratch) {
		return new Exchange(LIMITS, scratch, Compression.Offer.NONE);
	}

	/** Behind the handshake. */
	static Exchange open() {
		return open(LIMITS);
	}

	static Exchange open(ProtocolLimits limits) {
		return open(limits, new Scratch(4096));
	}

	static Exchange open(ProtocolLimits limits, Scratch scratch) {
		return new Exchange(limits, scratch, Compression.Offer.NONE).shakeHands(HANDSHAKE);
	}

	/** Behind a handshake that somebody else has read and judged. */
	static Exchange entered(ProtocolLimits limits) {
		Exchange exchange = new Exchange(limits, new Scratch(4096));
		exchange.protocol.open(new Agreement(null, null), EndpointOptions.DEFAULTS, limits, exchange.recorder);
		return exchange;
	}

	/** With an endpoint that does something its own way. */
	static Exchange open(ProtocolLimits limits, Scratch scratch, EndpointOptions options) {
		return new Exchange(limits, scratch, Compression.Offer.NONE).shakeHands(HANDSHAKE, options);
	}

	/** The same, behind a handshake in which the client offered compression. */
	static Exchange deflating(ProtocolLimits limits, Scratch scratch, Compression.Offer compression,
			EndpointOptions options) {
		return new Exchange(limits, scratch, compression).shakeHands(OFFER, options);
	}

	/** Behind a handshake in which the client offered compression. */
	static Exchange deflating(ProtocolLimits limits, Scratch scratch, Compression.Offer compression) {
		return new Exchange(limits, scratch, compression).shakeHands(OFFER);
	}

	private Exchange shakeHands(ByteBuffer handshake) {
		return shakeHands(handshake, EndpointOptions.DEFAULTS);
	}

	private Exchange shakeHands(ByteBuffer handshake, EndpointOptions options) {
		receive(handshake.duplicate().order(ByteOrder.LITTLE_ENDIAN));
		this.protocol.request().accept(HandshakeDecision.accept(), options, this.limits, this.recorder);
		if (!this.recorder.events().equals(List.of("request /echo", "response 101"))) {
			throw new AssertionError("no handshake");
		}
		return this;
	}

	/** Gives it bytes, all of which it must use up. */
	Exchange receive(byte... bytes) {
		return receive(lend(bytes));
	}

	Exchange receive(ByteBuffer chunk) {
		this.protocol.receive(chunk);
		if (chunk.hasRemaining()) {
			throw new AssertionError(chunk.remaining() + " bytes not used");
		}
		return this;
	}

	Exchange receive(ClientBytes bytes) {
		return receive(bytes.bytes());
	}

	Exchange expect(String... events) {
		this.recorder.expect(events);
		return this;
	}

	/** Bytes as an event loop lends them: direct, little-endian, not from index 0. */
	static ByteBuffer lend(byte... bytes) {
		ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length + 2 * MARGIN).order(ByteOrder.LITTLE_ENDIAN);
		return buffer.put(MARGIN, bytes).position(MARGIN).limit(MARGIN + bytes.length);
	}

	/**
	 * What an open conversation makes of frames, however they are cut, and whoever has
	 * read the request.
	 */
	static void everySplit(ClientBytes frames, String... events) {
		everySplit(LIMITS, frames, events);
	}

	static void everySplit(ProtocolLimits limits, ClientBytes frames, String... events) {
		byte[] wire = frames.bytes();
		assertThat(NaiveServer.events(limits, wire)).as("what the model expects").containsExactly(events);
		EverySplit.forEach(wire, (chunks) -> {
			try (Exchange exchange = open(limits)) {
				chunks.forEach(exchange::receive);
				exchange.expect(events);
			}
		});
		EverySplit.forEach(wire, (chunks) -> {
			try (Exchange exchange = entered(limits)) {
				chunks.forEach(exchange::receive);
				exchange.expect(events);
			}
		});
	}

	@Override
	public void close() {
		this.recorder.close();
	}

}
