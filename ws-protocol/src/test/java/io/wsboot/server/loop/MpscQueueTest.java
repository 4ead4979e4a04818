package io.wsboot.server.loop;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The queue between threads and a loop.
 */
class MpscQueueTest {

	@Test
	void ofManyProducersLoseNothingAndKeepEachOnesOrder() throws Exception {
		MpscQueue<long[]> queue = new MpscQueue<>();
		int producers = 4;
		int items = 100_000;
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < producers; i++) {
			int name = i;
			threads.add(new Thread(() -> {
				for (int j = 0; j < items; j++) {
					queue.add(new long[] { name, j });
				}
			}));
		}
		threads.forEach(Thread::start);
		long[] next = new long[producers];
		for (int taken = 0; taken < producers * items;) {
			long[] item = queue.poll();
			if (item != null) {
				assertThat(item[1]).isEqualTo(next[(int) item[0]]++);
				taken++;
			}
		}
		for (Thread thread : threads) {
			thread.join(10_000);
		}
		assertThat(queue.isEmpty()).isTrue();
		assertThat(queue.poll()).isNull();
	}

}
