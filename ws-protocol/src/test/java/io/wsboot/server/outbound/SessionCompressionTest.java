package io.wsboot.server.outbound;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.wsboot.Message;
import io.wsboot.protocol.Compression;
import io.wsboot.protocol.outgoing.DataFrames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an event loop does about a session while a worker compresses a message for it that
 * takes long.
 */
@Timeout(60)
class SessionCompressionTest {

	private final DataFrames frames = DataFrames.ofServer(0);

	private final Compressors compressors = new Compressors(this.frames, 6);

	private final SessionCompression compression = new SessionCompression(new Compression(true, 15), this.compressors,
			1);

	private final CountDownLatch atIt = new CountDownLatch(1);

	private final CountDownLatch goOn = new CountDownLatch(1);

	@AfterEach
	void end() {
		this.compressors.end();
	}

	private MessageEncoder message() {
		return MessageEncoder.of(this.frames, Message.text("something to compress"));
	}

	/** A worker that holds the lock until it is told to go on. */
	private CompletableFuture<Boolean> busyWorker() throws InterruptedException {
		CompletableFuture<Boolean> worker = CompletableFuture
			.supplyAsync(() -> this.compression.next(message(), true, (encoded) -> {
				this.atIt.countDown();
				try {
					return this.goOn.await(30, TimeUnit.SECONDS);
				}
				catch (InterruptedException ex) {
					return false;
				}
			}));
		assertThat(this.atIt.await(10, TimeUnit.SECONDS)).isTrue();
		return worker;
	}

	@Test
	void itsEndIsLeftToTheWorker() throws Exception {
		CompletableFuture<Boolean> worker = busyWorker();
		this.compression.end();
		assertThat(this.compressors.held()).as("while it is in use").isOne();
		this.goOn.countDown();
		assertThat(worker.get(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.compressors.held()).isZero();
		assertThat(this.compression.next(message(), true, (encoded) -> true)).isFalse();
		assertThat(this.compressors.held()).isZero();
	}

	@Test
	void aMessageOfTheLoopDoesNotWait() throws Exception {
		CompletableFuture<Boolean> worker = busyWorker();
		assertThat(this.compression.next(message(), false, (encoded) -> true)).as("it goes as it is").isFalse();
		this.goOn.countDown();
		assertThat(worker.get(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.compression.next(message(), false, (encoded) -> true)).isTrue();
		this.compression.end();
		assertThat(this.compressors.held()).isZero();
	}

	@Test
	void whatIsNotQueuedEndsIt() {
		assertThat(this.compression.next(message(), true, (encoded) -> true)).isTrue();
		assertThat(this.compressors.held()).isOne();
		assertThat(this.compression.next(message(), true, (encoded) -> false)).isTrue();
		assertThat(this.compressors.held()).isZero();
		assertThat(this.compression.next(message(), true, (encoded) -> true)).isFalse();
	}

}
