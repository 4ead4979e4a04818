package io.wsboot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.wsboot.Message.Binary;
import io.wsboot.Message.Text;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class MessageTest {

	@Nested
	class Texts {

		@Test
		void areValues() {
			assertThat(Message.text("a")).isEqualTo(new Text("a")).isNotEqualTo(Message.text("b"));
		}

		@Test
		void areNeverNull() {
			assertThatNullPointerException().isThrownBy(() -> Message.text(null)).withMessage("text");
		}

	}

	@Nested
	class Binaries {

		@Test
		void areCopiedFromAnArray() {
			byte[] bytes = { 1, 2, 3 };
			Message message = Message.binary(bytes);
			bytes[0] = 9;
			assertThat(((Binary) message).payload()).isEqualTo(ByteBuffer.wrap(new byte[] { 1, 2, 3 }));
		}

		@Test
		void areCopiedFromTheRestOfABuffer() {
			for (ByteBuffer buffer : new ByteBuffer[] { ByteBuffer.allocate(5), ByteBuffer.allocateDirect(5) }) {
				buffer.put(new byte[] { 0, 1, 2, 3, 4 }).position(1).limit(4);
				Binary message = (Binary) Message.binary(buffer);
				assertThat(buffer.position()).isEqualTo(1);
				assertThat(buffer.limit()).isEqualTo(4);
				buffer.put(1, (byte) 9);
				assertThat(message.payload()).isEqualTo(ByteBuffer.wrap(new byte[] { 1, 2, 3 }));
			}
		}

		@Test
		void lendReadOnlyViewsWithPositionsOfTheirOwn() {
			Binary message = (Binary) Message.binary(new byte[] { 1, 2 });
			ByteBuffer view = message.payload();
			view.get();
			assertThat(message.payload().position()).isZero();
			assertThat(message.payload().remaining()).isEqualTo(2);
			assertThat(view.isReadOnly()).isTrue();
			assertThat(view.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
		}

		@Test
		void areValues() {
			Message message = Message.binary(new byte[] { 1, 2 });
			assertThat(message).isEqualTo(Message.binary(ByteBuffer.wrap(new byte[] { 0, 1, 2 }, 1, 2)))
				.hasSameHashCodeAs(Message.binary(new byte[] { 1, 2 }))
				.isNotEqualTo(Message.binary(new byte[] { 1 }))
				.isNotEqualTo(Message.text("\u0001\u0002"));
		}

		@Test
		void showNoContent() {
			assertThat(Message.binary(new byte[] { 1, 2 })).hasToString("Binary[2 bytes]");
		}

	}

}
