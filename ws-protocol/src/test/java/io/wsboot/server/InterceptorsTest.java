package io.wsboot.server;

import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.HandshakeRequest;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.RawClient.Response;
import io.wsboot.server.inbound.Interceptors;
import io.wsboot.server.spi.CallbackChain;
import io.wsboot.server.spi.CallbackInterceptor;
import io.wsboot.server.spi.HandshakeChain;
import io.wsboot.server.spi.HandshakeInterceptor;
import io.wsboot.server.spi.WsServerObserver.HandlerCallback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class InterceptorsTest {

	@Nested
	class OfHandshakes {

		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop" })
		void areAskedInOrderBeforeTheHandler(String path) {
			ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
			WsHandler handler = new WsHandler() {

				@Override
				public CompletionStage<HandshakeDecision> onHandshake(HandshakeRequest request) {
					asked.add("handler");
					return CompletableFuture.completedFuture(HandshakeDecision.accept());
				}

			};
			try (RunningServer server = with(handler, naming("first", asked), naming("second", asked))) {
				server.open(path);
				assertThat(asked).containsExactly("first " + path, "second " + path, "handler");
			}
		}

		@Test
		void mayRefuseSoThatNobodyElseIsAsked() {
			ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
			HandshakeInterceptor refusing = (request, next) -> CompletableFuture
				.completedFuture(HandshakeDecision.refuse(401).withHeader("WWW-Authenticate", "Bearer"));
			try (RunningServer server = with(new RunningServer.Echo(), refusing, naming("second", asked))) {
				Response response = answer(server, "/echo");
				assertThat(response.status()).isEqualTo(401);
				assertThat(response.headers()).containsEntry("www-authenticate", "Bearer");
				assertThat(asked).isEmpty();
				server.expectNothingLeft();
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop" })
		void mayGoOnLaterFromAnotherThreadAndAddToWhatIsDecided(String path) throws Exception {
			ExecutorService slow = Executors.newSingleThreadExecutor();
			Principal ann = () -> "ann";
			HandshakeInterceptor adding = (request, next) -> CompletableFuture
				.supplyAsync(() -> proceed(request, next), slow)
				.thenCompose((stage) -> stage)
				.thenApply((decision) -> ((Accept) decision).withPrincipal(ann)
					.withAttribute("seat", 7)
					.withHeader("X-Seat", "7"));
			RecordingHandler handler = new RecordingHandler();
			try (RunningServer server = with(handler, adding)) {
				assertThat(answer(server, path).headers()).containsEntry("x-seat", "7");
				WsSession session = handler.expectOpen();
				assertThat(session.principal()).containsSame(ann);
				assertThat(session.attributes()).containsExactlyEntriesOf(Map.of("seat", 7));
			}
			finally {
				slow.shutdownNow();
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop" })
		void haveAThreadThatMayBlock(String path) {
			HandshakeInterceptor blocking = (request, next) -> CompletableFuture
				.supplyAsync(() -> Thread.currentThread().getName(), next.executor())
				.thenApply((thread) -> HandshakeDecision.accept().withHeader("X-Thread", thread));
			try (RunningServer server = with(new RecordingHandler(), blocking)) {
				assertThat(answer(server, path).headers().get("x-thread")).startsWith("ws-handler-");
			}
		}

		@Test
		void thatFindNoThreadAskTheClientToComeLater() {
			HandshakeInterceptor blocking = (request, next) -> CompletableFuture.supplyAsync(HandshakeDecision::accept,
					next.executor());
			try (RunningServer server = new RunningServer(new RecordingHandler(), (options) -> {
			}, (builder) -> builder.handshakeInterceptor(blocking).executor((task) -> {
				throw new RejectedExecutionException();
			}))) {
				assertThat(answer(server, "/loop").status()).isEqualTo(503);
			}
		}

		@Test
		void thatFailAreAnsweredWith500() {
			HandshakeInterceptor failing = (request, next) -> {
				throw new IllegalStateException("no user database");
			};
			try (RunningServer server = with(new RunningServer.Echo(), failing)) {
				assertThat(answer(server, "/echo").status()).isEqualTo(500);
				server.expectNothingLeft();
			}
		}

		private static RunningServer with(WsHandler handler, HandshakeInterceptor... interceptors) {
			return new RunningServer(handler, (options) -> {
			}, (builder) -> List.of(interceptors).forEach(builder::handshakeInterceptor));
		}

		private static Response answer(RunningServer server, String path) {
			RawClient client = server.connect();
			client.send(RawClient.head(path));
			Response response = client.readResponse();
			if (response.status() != 101) {
				client.close();
			}
			return response;
		}

		private static HandshakeInterceptor naming(String name, ConcurrentLinkedQueue<String> asked) {
			return (request, next) -> {
				asked.add(name + " " + next.endpoint());
				assertThat(next.certificateSubject()).isEmpty();
				return next.proceed(request);
			};
		}

		private static CompletionStage<HandshakeDecision> proceed(HandshakeRequest request, HandshakeChain next) {
			try {
				return next.proceed(request);
			}
			catch (Exception ex) {
				return CompletableFuture.failedFuture(ex);
			}
		}

	}

	@Nested
	class OfCallbacks {

		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop" })
		void surroundEachOnItsThread(String path) {
			Around around = new Around();
			RecordingHandler handler = new RecordingHandler((session, what) -> {
				assertThat(around.current.get()).as(what).isEqualTo(session.id());
				if (what.equals("open")) {
					session.execute((same) -> same.send("task in " + around.current.get()));
				}
			});
			try (RunningServer server = with(handler, around)) {
				RawClient client = server.open(path);
				WsSession session = handler.expectOpen();
				assertThat(client.readText()).isEqualTo("task in " + session.id());
				client.sendText("a");
				client.sendBinary((byte) 1);
				client.send(RawClient.frame(0x8A, (byte) 'p'));
				client.closeInOrder();
				for (String what : List.of("text a", "binary 1", "pong p", "close 1000")) {
					handler.expect(what);
				}
				server.expectNothingLeft();
				assertThat(around.seen).containsExactly(HandlerCallback.OPEN, HandlerCallback.TASK,
						HandlerCallback.TEXT, HandlerCallback.BINARY, HandlerCallback.PONG, HandlerCallback.CLOSE);
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop" })
		void seeWhatIsThrownAndSurroundWhatDealsWithIt(String path) {
			Around around = new Around();
			RecordingHandler handler = new RecordingHandler((session, what) -> {
				assertThat(around.current.get()).as(what).isEqualTo(session.id());
				if (what.startsWith("text")) {
					throw new IllegalStateException("full");
				}
			});
			try (RunningServer server = with(handler, around)) {
				RawClient client = server.open(path);
				client.sendText("a");
				client.expectClose(1011);
				client.close();
				for (String what : List.of("open", "text a", "error full", "close 1011")) {
					handler.expect(what);
				}
				server.expectNothingLeft();
				assertThat(around.seen).containsExactly(HandlerCallback.OPEN, HandlerCallback.TEXT,
						HandlerCallback.ERROR, HandlerCallback.CLOSE);
				assertThat(around.thrown).extracting(Throwable::getMessage).containsExactly("full", "full");
			}
		}

		@Test
		void areNestedInTheirOrder() {
			List<String> steps = new ArrayList<>();
			CallbackInterceptor outer = stepping("outer", steps);
			CallbackInterceptor inner = stepping("inner", steps);
			CallbackChain chain = new Interceptors(List.of(), List.of(outer, inner)).around(new WsHandler() {

				@Override
				public void onText(WsSession session, String text) {
					steps.add(text);
				}

			});
			proceed(chain, HandlerCallback.TEXT, "hello");
			assertThat(steps).containsExactly("> outer", "> inner", "hello", "< inner", "< outer");
		}

		@Test
		void thatFailCountAsTheCallback() {
			CallbackInterceptor failing = (session, callback, argument, next) -> {
				if (callback == HandlerCallback.TEXT) {
					throw new IllegalStateException("denied");
				}
				next.proceed(session, callback, argument);
			};
			RecordingHandler handler = new RecordingHandler();
			try (RunningServer server = with(handler, failing)) {
				RawClient client = server.open("/");
				client.sendText("a");
				client.expectClose(1011);
				client.close();
				handler.expect("open");
				handler.expect("error denied");
				handler.expect("close 1011");
			}
		}

		private static RunningServer with(WsHandler handler, CallbackInterceptor interceptor) {
			return new RunningServer(handler, (options) -> {
			}, (builder) -> builder.callbackInterceptor(interceptor));
		}

		private static CallbackInterceptor stepping(String name, List<String> steps) {
			return (session, callback, argument, next) -> {
				steps.add("> " + name);
				next.proceed(session, callback, argument);
				steps.add("< " + name);
			};
		}

		@SuppressWarnings("NullAway") // the handler does not look at its session
		private static void proceed(CallbackChain chain, HandlerCallback callback, Object argument) {
			try {
				chain.proceed(null, callback, argument);
			}
			catch (Throwable ex) {
				throw new AssertionError(ex);
			}
		}

	}

	/** Keeps the session's id with the thread while a callback is at work. */
	private static final class Around implements CallbackInterceptor {

		private final ThreadLocal<@Nullable String> current = new ThreadLocal<>();

		private final ConcurrentLinkedQueue<HandlerCallback> seen = new ConcurrentLinkedQueue<>();

		private final ConcurrentLinkedQueue<Throwable> thrown = new ConcurrentLinkedQueue<>();

		@Override
		public void intercept(WsSession session, HandlerCallback callback, @Nullable Object argument,
				CallbackChain next) throws Throwable {
			assertThat(this.current.get()).isNull();
			this.seen.add(callback);
			this.current.set(session.id());
			try {
				next.proceed(session, callback, argument);
			}
			catch (Throwable ex) {
				this.thrown.add(ex);
				throw ex;
			}
			finally {
				this.current.remove();
			}
		}

	}

}
