package io.wsboot.handshake;

import java.nio.ByteBuffer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeadBytesTest {

	@Test
	void memoryFollowsTheBytesThatCameAndEndsAtTheLimit() {
		HeadBytes bytes = new HeadBytes(1000);
		assertThat(bytes.capacity()).isZero();
		for (int size = 1; size <= 1000; size++) {
			bytes.add(ByteBuffer.allocate(1));
			assertThat(bytes.capacity()).isBetween(size, Math.min(1000, Math.max(64, 2 * size)));
		}
		ByteBuffer more = ByteBuffer.allocate(1);
		bytes.add(more);
		assertThat(more.remaining()).isOne();
	}

	@Test
	void memoryFollowsBytesThatComeTogether() {
		HeadBytes bytes = new HeadBytes(1000);
		bytes.add(ByteBuffer.allocate(600));
		assertThat(bytes.capacity()).isEqualTo(600);
		ByteBuffer more = ByteBuffer.allocate(500);
		bytes.add(more);
		assertThat(bytes.capacity()).isEqualTo(1000);
		assertThat(more.remaining()).isEqualTo(100);
	}

	@Test
	void whatIsNotLookedAtIsGivenBack() {
		HeadBytes bytes = new HeadBytes(1000);
		ByteBuffer in = ByteBuffer.wrap(new byte[] { 'a', 'b', ' ', 'c' }).position(1);
		bytes.add(in);
		assertThat(bytes.next()).isEqualTo('b');
		assertThat(bytes.hasNext()).isTrue();
		bytes.giveBack(in);
		assertThat(bytes.hasNext()).isFalse();
		assertThat(in.position()).isEqualTo(2);
		bytes.add(in);
		assertThat(bytes.next()).isEqualTo(' ');
		assertThat(bytes.index()).isOne();
	}

	@Test
	void aRunIsSkippedUpToAnIndex() {
		HeadBytes bytes = new HeadBytes(1000);
		bytes.add(ByteBuffer.wrap(Wire.latin1("abc def")));
		bytes.skip(HttpCharacters.TOKEN, 2);
		assertThat(bytes.next()).isEqualTo('c');
		bytes.skip(HttpCharacters.TOKEN, 7);
		assertThat(bytes.next()).isEqualTo(' ');
		bytes.skip(HttpCharacters.NONE, 7);
		assertThat(bytes.index()).isEqualTo(3);
		bytes.skip(HttpCharacters.TOKEN, Long.MAX_VALUE);
		assertThat(bytes.hasNext()).isFalse();
	}

	@Test
	void everyByteIsOneCharacter() {
		HeadBytes bytes = new HeadBytes(256);
		for (int b = 0; b < 256; b++) {
			bytes.add(ByteBuffer.wrap(new byte[] { (byte) b }));
			assertThat(bytes.next()).isEqualTo(b);
		}
		for (int b = 0; b < 256; b++) {
			assertThat(bytes.at(b)).isEqualTo(b);
			assertThat((int) bytes.text(b, b + 1).charAt(0)).isEqualTo(b);
		}
	}

}
