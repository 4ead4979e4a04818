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

}
