package io.wsboot.spring.context;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.WsSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

@ExtendWith(OutputCaptureExtension.class)
class SessionEventsTests {

	@Test
	void waitUpToABoundForASlowListener(CapturedOutput output) throws Exception {
		CountDownLatch reached = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		AtomicInteger published = new AtomicInteger();
		SessionEvents events = new SessionEvents((event) -> {
			published.incrementAndGet();
			reached.countDown();
			try {
				go.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		WsSession session = mock(WsSession.class);
		events.opened(session);
		reached.await();
		for (int i = 0; i < SessionEvents.MOST_WAITING + 3; i++) {
			events.opened(session);
		}
		assertThat(output.getAll()).containsOnlyOnce("too slow: 10000 events wait");
		go.countDown();
		events.end();
		assertThat(published).hasValue(SessionEvents.MOST_WAITING + 1);
		assertThat(output.getAll()).containsOnlyOnce("3 session events have not been published");
	}

}
