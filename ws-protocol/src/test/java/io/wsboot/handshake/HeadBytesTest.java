package io.wsboot.handshake;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeadBytesTest {

	@Test
	void memoryFollowsTheBytesThatCameAndEndsAtTheLimit() {
		HeadBytes bytes = new HeadBytes(1000);
		assertThat(bytes.capacity()).isZero();
		for (int size = 1; size <= 1000; size++) {
			bytes.append('a');
			assertThat(bytes.size()).isEqualTo(size);
			assertThat(bytes.capacity()).isBetween(size, Math.min(1000, Math.max(64, 2 * size)));
		}
	}

	@Test
	void everyByteIsOneCharacter() {
		HeadBytes bytes = new HeadBytes(256);
		for (int b = 0; b < 256; b++) {
			bytes.append(b);
		}
		for (int b = 0; b < 256; b++) {
			assertThat(bytes.at(b)).isEqualTo(b);
			assertThat((int) bytes.text(b, b + 1).charAt(0)).isEqualTo(b);
			assertThat(bytes.indexOf((char) b, 0)).isEqualTo(b);
		}
	}

}
