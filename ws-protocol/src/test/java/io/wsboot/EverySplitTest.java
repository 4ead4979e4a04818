package io.wsboot;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EverySplitTest {

	@Test
	void cutsEveryWay() {
		List<List<String>> seen = new ArrayList<>();
		EverySplit.forEach("abc", (chunks) -> {
			List<String> trial = new ArrayList<>();
			for (ByteBuffer chunk : chunks) {
				trial.add(text(chunk));
			}
			seen.add(trial);
		});
		assertThat(seen).containsExactly(List.of("abc"), List.of("a", "bc"), List.of("ab", "c"),
				List.of("a", "b", "c"));
	}

	@Test
	void lendsEachChunkOnlyUntilTheNext() {
		EverySplit.forEach(new byte[] { 1, 2 }, (chunks) -> {
			List<ByteBuffer> kept = new ArrayList<>();
			chunks.forEach((chunk) -> kept.add(chunk.duplicate()));
			if (kept.size() == 2) {
				assertThat(kept.get(0)).isEqualTo(kept.get(1));
			}
		});
	}

	@Test
	void namesTheCutThatFailed() {
		assertThatThrownBy(() -> EverySplit.forEach("abc", (chunks) -> {
			for (ByteBuffer chunk : chunks) {
				assertThat(chunk.remaining()).as("chunk").isNotEqualTo(2);
			}
		})).isInstanceOf(AssertionError.class).hasMessageStartingWith("[cut at 1 of 3]");
	}

	private static String text(ByteBuffer chunk) {
		StringBuilder text = new StringBuilder();
		while (chunk.hasRemaining()) {
			text.append((char) chunk.get());
		}
		return text.toString();
	}

}
