package io.wsboot.server.outbound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.outbound.PendingWrite.Kind;
import io.wsboot.server.spi.WsServerObserver;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of a writer whose socket fails.
 */
class OutboundWriterTest {

	/** A loop's buffer is the next connection's, whatever became of this one. */
	@Test
	void aWriterThatFailsLeavesTheBufferEmpty() {
		WritableByteChannel broken = new WritableByteChannel() {

			@Override
			public int write(ByteBuffer bytes) throws IOException {
				throw new IOException("as asked");
			}

			@Override
			public boolean isOpen() {
				return true;
			}

			@Override
			public void close() {
			}

		};
		OutboundWatermarks watermarks = new OutboundWatermarks(OutboundOptions.DEFAULTS);
		OutboundWriter writer = new OutboundWriter(new WriteOnly(broken), watermarks, new OutboundListener() {

			@Override
			public void blocked() {
			}

			@Override
			public void queued(long change) {
			}

			@Override
			public void congested() {
			}

			@Override
			public void drained() {
			}

			@Override
			public void dropped(WsServerObserver.DropReason reason, int messages) {
			}

			@Override
			public void overflowed() {
			}

			@Override
			public void finished() {
			}

			@Override
			public void failed(Throwable cause) {
			}

		});
		writer.add(PendingWrite.of(Kind.FIXED, ByteBuffer.allocate(7)));
		ByteBuffer staging = ByteBuffer.allocate(100);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> writer.write(staging));
		assertThat(staging.position()).isZero();
		assertThat(staging.remaining()).isEqualTo(100);
	}

}
