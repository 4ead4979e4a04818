package io.wsboot.server;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.wsboot.CloseStatus;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What an application does in turn with the callbacks of a session. */
class TasksTest {

	private final Told told = new Told();

	@ParameterizedTest
	@ValueSource(strings = { "/", "/loop" })
	void runWhereCallbacksDoAndBehindTheOneThatAskedForThem(String path) throws Exception {
		try (RunningServer server = new RunningServer(this.told)) {
			RawClient client = server.open(path);
			client.sendText("nested");
			String thread = this.told.next();
			assertThat(this.told.next()).isEqualTo("callback done");
			assertThat(this.told.next()).isEqualTo(thread);
			client.closeInOrder();
			assertThat(this.told.next()).isEqualTo("closed");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/loop" })
	void whatTheyThrowGoesToTheHandler(String path) throws Exception {
		try (RunningServer server = new RunningServer(this.told)) {
			RawClient client = server.open(path);
			client.sendText("failing");
			assertThat(this.told.next()).isEqualTo("error on purpose");
			client.closeInOrder();
			assertThat(this.told.next()).isEqualTo("closed");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/loop" })
	void areNotRunOnceTheSessionIsClosing(String path) throws Exception {
		try (RunningServer server = new RunningServer(this.told)) {
			RawClient client = server.open(path);
			client.sendText("closing");
			client.expectClose(1000);
			client.sendClose(1000);
			assertThat(this.told.next()).isEqualTo("closed");
			CountDownLatch passed = new CountDownLatch(1);
			this.told.session().execute((session) -> this.told.calls.add("after the end"));
			server.server.loops().forEach((loop) -> loop.execute(passed::countDown));
			assertThat(passed.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(this.told.calls).isEmpty();
		}
	}

	private static final class Told implements WsHandler {

		final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

		private volatile @Nullable WsSession session;

		WsSession session() {
			WsSession session = this.session;
			assertThat(session).isNotNull();
			return session;
		}

		String next() throws InterruptedException {
			String next = this.calls.poll(10, TimeUnit.SECONDS);
			assertThat(next).isNotNull();
			return next;
		}

		private static String thread() {
			return Thread.currentThread().getName().replaceAll("\\d+$", "");
		}

		@Override
		public void onText(WsSession session, String text) {
			this.session = session;
			switch (text) {
				case "nested" -> {
					this.calls.add(thread());
					session.execute((same) -> this.calls.add(thread()));
					this.calls.add("callback done");
				}
				case "failing" -> session.execute((same) -> {
					throw new IllegalStateException("on purpose");
				});
				default -> {
					session.close();
					session.execute((same) -> this.calls.add("while closing"));
				}
			}
		}

		@Override
		public void onError(WsSession session, Throwable error) {
			this.calls.add("error " + error.getMessage());
		}

		@Override
		public void onClose(WsSession session, CloseStatus status) {
			this.calls.add("closed");
		}

	}

}
