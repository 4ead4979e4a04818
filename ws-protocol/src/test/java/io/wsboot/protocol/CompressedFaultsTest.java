package io.wsboot.protocol;

import io.wsboot.ClientBytes;
import io.wsboot.EndpointOptions;
import io.wsboot.EverySplit;
import io.wsboot.MessageDelivery;
import io.wsboot.deflate.NaiveInflation;
import org.junit.jupiter.api.Test;

import static io.wsboot.ClientBytes.BINARY;
import static io.wsboot.ClientBytes.FIN;
import static io.wsboot.ClientBytes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A compressed message with more than one thing wrong fails for the first of them, though
 * one read may inflate to all of them.
 */
class CompressedFaultsTest {

	private static final int RSV1 = 0x40;

	private static final ProtocolLimits LIMITS = new ProtocolLimits(8192, 8192, 100, 300, 320, 4);

	@Test
	void textThatIsWrongAndThenTooBig() {
		byte[] message = new byte[400];
		message[100] = (byte) 0xFF;
		everySplit(new ClientBytes().frame(FIN | RSV1 | TEXT, DeflatedBytes.of(message)), 1007);
	}

	@Test
	void textThatIsTooBigAndThenWrong() {
		byte[] message = new byte[400];
		message[320] = (byte) 0xFF;
		everySplit(new ClientBytes().frame(FIN | RSV1 | TEXT, DeflatedBytes.of(message)), 1009);
	}

	@Test
	void aMessageThatIsTooBigAndThenCorrupt() {
		byte[] corrupt = new byte[5 + 321 + 1];
		System.arraycopy(new byte[] { 0, 0x41, 0x01, (byte) 0xBE, (byte) 0xFE }, 0, corrupt, 0, 5); // a
																									// stored
																									// block
		corrupt[corrupt.length - 1] = 0x07; // a type of block that does not exist
		everySplit(new ClientBytes().frame(FIN | RSV1 | BINARY, corrupt), 1009);
	}

	private static void everySplit(ClientBytes frames, int code) {
		String[] events = { "sends close " + code, "closed VIOLATION " + code };
		assertThat(NaiveServer.events(LIMITS, EndpointOptions.DEFAULTS, frames.bytes(), Integer.MAX_VALUE,
				new NaiveInflation(false)))
			.as("what the model expects")
			.containsExactly(events);
		EverySplit.forEach(frames.bytes(), (chunks) -> {
			try (Exchange exchange = Exchange.deflating(LIMITS, new Scratch(4096), Compression.Offer.ALONE)) {
				chunks.forEach(exchange::receive);
				exchange.expect(events);
			}
		});
		EndpointOptions parts = EndpointOptions.DEFAULTS.withText(MessageDelivery.inParts(0))
			.withBinary(MessageDelivery.inParts(0));
		EverySplit.forEach(frames.bytes(), (chunks) -> {
			try (Exchange exchange = Exchange.deflating(LIMITS, new Scratch(4096), Compression.Offer.ALONE, parts)) {
				chunks.forEach(exchange::receive);
				assertThat(Joined.of(exchange.recorder.events())).containsExactly(events);
			}
		});
	}

}
