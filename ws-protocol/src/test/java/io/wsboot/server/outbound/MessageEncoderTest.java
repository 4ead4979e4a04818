package io.wsboot.server.outbound;

import io.wsboot.Message;
import io.wsboot.protocol.outgoing.DataFrames;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MessageEncoderTest {

	@Test
	void compressesOnceForEqualSettings() {
		MessageEncoder message = MessageEncoder.of(DataFrames.ofServer(0), Message.text("hello, ".repeat(1000)));
		Compressors compressors = new Compressors(DataFrames.ofServer(0), 6);
		assertThat(message.compressed(compressors, 15)).isSameAs(message.compressed(compressors, 15))
			.isNotSameAs(message.compressed(compressors, 9));
		compressors.end();
	}

	@Test
	void sharesWithItsCopiesWhatHasBeenEncoded() {
		MessageEncoder message = MessageEncoder.of(DataFrames.ofServer(0), Message.text("hello, ".repeat(1000)));
		Compressors compressors = new Compressors(DataFrames.ofServer(0), 6);
		message.encode(MessageEncoder.PLAIN | MessageEncoder.alone(15), compressors, 7000);
		MessageEncoder one = message.copy();
		MessageEncoder other = message.copy();
		assertThat(one.plain()).isSameAs(other.plain());
		assertThat(one.compressed(compressors, 15)).isSameAs(other.compressed(compressors, 15));
		assertThat(one.compressed(compressors, 9)).isNotSameAs(other.compressed(compressors, 9))
			.isEqualTo(other.compressed(compressors, 9));
		compressors.end();
	}

	/** A message below the threshold is plain for everybody. */
	@Test
	void compressesNothingBelowTheThreshold() {
		MessageEncoder message = MessageEncoder.of(DataFrames.ofServer(0), Message.text("hello"));
		Compressors compressors = new Compressors(DataFrames.ofServer(0), 6);
		message.encode(MessageEncoder.alone(15), compressors, 6);
		assertThat(message.copy().plain()).isSameAs(message.copy().plain());
		compressors.end();
	}

}
