package io.wsboot.server;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.CloseStatus;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** An observer must not throw; one that does costs no session anything. */
class GuardedObserverTest {

	@ParameterizedTest
	@ValueSource(strings = { "/", "/loop" })
	void sessionsGoOnAndEndInOrderThoughItThrows(String path) throws Exception {
		CountDownLatch closed = new CountDownLatch(1);
		AtomicInteger closes = new AtomicInteger();
		ThrowingObserver observer = new ThrowingObserver();
		WsHandler handler = new WsHandler() {

			@Override
			public void onText(WsSession session, String text) {
				session.send(text);
			}

			@Override
			public void onClose(WsSession session, CloseStatus status) {
				closes.incrementAndGet();
				closed.countDown();
			}

		};
		try (RunningServer server = new RunningServer(handler, (options) -> {
		}, (builder) -> builder.observer(observer))) {
			RawClient client = server.open(path);
			for (int i = 0; i < 200; i++) { // more than one of the sample that loops time
				client.expectEcho("message " + i);
			}
			client.closeInOrder();
			assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
			server.expectNothingLeft();
		}
		assertThat(closes).hasValue(1);
		assertThat(observer.told).hasValueGreaterThan(3);
	}

	private static final class ThrowingObserver implements WsServerObserver {

		private final AtomicInteger told = new AtomicInteger();

		private void fail() {
			this.told.incrementAndGet();
			throw new IllegalStateException("as asked");
		}

		@Override
		public void handshake(String endpoint, int status, long nanos) {
			fail();
		}

		@Override
		public void opened(WsSession session) {
			fail();
		}

		@Override
		public void closed(WsSession session, CloseStatus status, CloseInitiator initiator, long nanos) {
			fail();
		}

		@Override
		public void handled(String endpoint, HandlerCallback callback, @Nullable Throwable error, long nanos) {
			fail();
		}

		@Override
		public void error(ErrorKind kind) {
			fail();
		}

	}

}
