package io.wsboot.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.CloseStatus;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.spi.WsServerObserver.ErrorKind;
import io.wsboot.server.spi.WsServerObserver.HandlerCallback;
import io.wsboot.server.spi.WsServerObserver.Port;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** An observer must not throw; one that does costs no session anything. */
class GuardedObserversTest {

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

	@Test
	void oneThatThrowsKeepsNothingFromTheOthers() {
		List<String> told = new ArrayList<>();
		WsServerObserver first = recording("first", told);
		WsServerObserver last = recording("last", told);
		GuardedObservers observers = new GuardedObservers(List.of(first, new ThrowingObserver(), last));
		observers.handled("/", HandlerCallback.TEXT, null, 1);
		observers.error(ErrorKind.ACCEPT);
		observers.handshake("/", Port.OWN, 403, 1);
		observers.handshake("/", Port.SHARED, 101, 1);
		assertThat(told).containsExactly("first handled", "last handled", "first error", "last error", "first 403",
				"last 403", "first 101", "last 101");
		assertThat(observers.refused()).isEqualTo(2);
	}

	private static WsServerObserver recording(String name, List<String> told) {
		return new WsServerObserver() {

			@Override
			public void handshake(String endpoint, Port port, int status, long nanos) {
				told.add(name + " " + status);
			}

			@Override
			public void handled(String endpoint, HandlerCallback callback, @Nullable Throwable error, long nanos) {
				told.add(name + " handled");
			}

			@Override
			public void error(ErrorKind kind) {
				told.add(name + " error");
			}

		};
	}

	private static final class ThrowingObserver implements WsServerObserver {

		private final AtomicInteger told = new AtomicInteger();

		private void fail() {
			this.told.incrementAndGet();
			throw new IllegalStateException("as asked");
		}

		@Override
		public void handshake(String endpoint, Port port, int status, long nanos) {
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
