package io.wsboot.server.outbound;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.wsboot.Message;
import io.wsboot.SessionClosedException;
import io.wsboot.protocol.outgoing.DataFrames;
import io.wsboot.server.outbound.PendingWrite.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What an {@link OutboundQueue} does with a message that is sent piecewise. */
class StreamedMessageGateTest {

	private final OutboundQueue queue = new OutboundQueue();

	/** Bytes that wait, as the queue has told. */
	private long bytes;

	private void add(PendingWrite item) {
		this.bytes += this.queue.add(item);
	}

	private static PendingWrite part(Object message, String text, boolean last) {
		return PendingWrite.part(message, ByteBuffer.wrap(text.getBytes()), 1000, last);
	}

	private static PendingWrite item(Kind kind, String text) {
		return PendingWrite.of(kind, ByteBuffer.wrap(text.getBytes()));
	}

	private static PendingWrite message(String text, CompletableFuture<Void> completion) {
		ByteBuffer bytes = ByteBuffer.wrap(text.getBytes());
		return PendingWrite.message(bytes, 1000, completion, null);
	}

	private void expectNext(String text) {
		ByteBuffer out = this.queue.isEmpty() ? ByteBuffer.allocate(0)
				: this.queue.items().copyTo(ByteBuffer.allocate(1000));
		assertThat(new String(out.array(), 0, out.position())).isEqualTo(text);
		this.queue.written(out.position());
		this.bytes -= out.position();
	}

	@Test
	void othersWaitForItsEnd() {
		add(message("1", null));
		add(part("a", "A", false));
		add(message("2", null));
		add(part("a", "A", false));
		add(item(Kind.PONG, "p"));
		expectNext("p1AA");
		assertThat(this.queue.isEmpty()).isTrue();
		assertThat(this.queue.isFree()).isFalse();
		assertThat(this.queue.waitingBytes()).isOne();
		add(item(Kind.FIXED, "f"));
		expectNext("f");
		add(message("3", null));
		add(part("a", "Z", true));
		assertThat(this.queue.waitingBytes()).isZero();
		expectNext("Z23");
		assertThat(this.queue.isFree()).isTrue();
		assertThat(this.bytes).isZero();
	}

	@Test
	void severalComeOneAfterTheOther() {
		add(part("a", "A", false));
		add(part("b", "B", false));
		add(message("1", null));
		add(part("c", "C", true));
		add(part("b", "B", true));
		add(message("2", null));
		expectNext("A");
		add(part("a", "Z", true));
		expectNext("ZBB1C2");
		assertThat(this.queue.isFree()).isTrue();
		add(part("d", "D", false));
		add(part("e", "E", false));
		add(message("3", null));
		add(part("d", "D", true));
		expectNext("DDE");
		assertThat(this.queue.waitingBytes()).as("for the end of the next").isOne();
		add(part("e", "E", true));
		expectNext("E3");
		assertThat(this.bytes).isZero();
	}

	@Test
	void aCloseBreaksItOff() {
		for (Kind kind : List.of(Kind.CLOSE, Kind.URGENT_CLOSE)) {
			OutboundQueue queue = new OutboundQueue();
			CompletableFuture<Void> waiting = new CompletableFuture<>();
			long bytes = queue.add(part("a", "A", false)) + queue.add(message("1", waiting));
			queue.written(1);
			bytes += queue.add(part("a", "A", false));
			bytes += queue.add(item(kind, "c"));
			bytes += queue.add(part("a", "Z", true));
			queue.outcomes().tell();
			assertThatExceptionOfType(Exception.class).isThrownBy(waiting::join)
				.withCauseInstanceOf(SessionClosedException.class);
			ByteBuffer out = queue.items().copyTo(ByteBuffer.allocate(100));
			assertThat(new String(out.array(), 0, out.position())).isEqualTo((kind == Kind.CLOSE) ? "Ac" : "c");
			assertThat(bytes).isEqualTo(out.position() + 1L);
		}
	}

	@Test
	void anUrgentCloseDoesNotCutAFrame() {
		add(PendingWrite.part("a", ByteBuffer.wrap("AAABBBCC".getBytes()), 3, false));
		add(part("a", "DD", false));
		this.queue.written(4);
		this.bytes -= 4;
		add(item(Kind.PONG, "p"));
		add(item(Kind.URGENT_CLOSE, "c"));
		expectNext("BBpc");
		assertThat(this.bytes).isZero();
	}

	@Test
	void onlyWholeMessagesAreDropped() {
		CompletableFuture<Void> oldest = new CompletableFuture<>();
		add(part("a", "A", false));
		add(part("a", "A", false));
		add(message("1", oldest));
		add(message("2", null));
		List<Integer> dropped = new ArrayList<>();
		for (int size = this.queue.dropOldest(); size > 0; size = this.queue.dropOldest()) {
			dropped.add(size);
		}
		assertThat(dropped).containsExactly(1);
		this.queue.outcomes().tell();
		assertThat(oldest).isCompletedExceptionally();
		add(part("a", "Z", true));
		expectNext("AAZ2");
	}

	@Test
	void isGivenUpWithTheRest() {
		CompletableFuture<Void> waiting = new CompletableFuture<>();
		add(part("a", "A", false));
		add(message("1", waiting));
		this.queue.clear();
		this.queue.outcomes().tell();
		assertThat(waiting).isCompletedExceptionally();
		assertThat(this.queue.isEmpty()).isTrue();
	}

}
