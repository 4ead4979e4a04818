package io.wsboot.server.handshake;

import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Refuse;
import io.wsboot.HandshakeRequest;
import io.wsboot.server.endpoint.Endpoint;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.loop.ForeignCode;
import io.wsboot.server.loop.Log;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.spi.WsServerObserver.ErrorKind;
import io.wsboot.server.spi.WsServerObserver.HandlerCallback;
import org.jspecify.annotations.Nullable;

/**
 * Has an endpoint decide about one handshake: on the loop if none of the application's
 * code is needed for that, else on a worker. Whatever happens there, the loop hears of a
 * decision.
 */
final class HandshakeDecider {

	private static final Log LOG = new Log();

	private final HandshakeLink link;

	private final HandshakeContext server;

	private final Endpoint endpoint;

	private final HandshakeRequest request;

	private final Consumer<HandshakeDecision> decided;

	private final HandshakeWorker worker;

	/** Whether the endpoint is asked within the request's own turn; the loop's. */
	private boolean asking;

	/**
	 * A decision that is to be made.
	 * @param decided is told of the decision on the loop, perhaps more than once
	 */
	HandshakeDecider(HandshakeLink link, HandshakeContext server, Endpoint endpoint, HandshakeRequest request,
			Consumer<HandshakeDecision> decided) {
		this.link = link;
		this.server = server;
		this.endpoint = endpoint;
		this.request = request;
		this.decided = decided;
		this.worker = new HandshakeWorker(link.session(), server, this::workerIsLate);
	}

	/** On the loop. */
	void begin() {
		this.asking = true;
		try {
			if (this.endpoint.isAskedOnLoop()) {
				ask(this.worker);
			}
			else {
				this.worker.execute(() -> {
					if (!this.worker.isOver()) {
						ask(Runnable::run);
					}
				});
			}
		}
		catch (RejectedExecutionException ex) {
			this.decided.accept(withoutWorker(loop().now()));
		}
		catch (RuntimeException | Error ex) {
			this.server.shortage().failed(ex);
			this.decided.accept(withoutWorker(loop().now()));
		}
		finally {
			this.asking = false;
		}
	}

	/** On the loop: the client has been answered, or is gone. */
	void end() {
		this.worker.end();
	}

	private void workerIsLate() {
		this.decided.accept(withoutWorker(this.worker.waitedFrom()));
	}

	private Refuse withoutWorker(long waitedFrom) {
		this.server.shortage().refused(this.endpoint.path(), waitedFrom);
		return Refusals.NO_WORKER;
	}

	private void ask(Executor mayBlock) {
		long start = now();
		BiConsumer<@Nullable HandshakeDecision, @Nullable Throwable> answered = (decision, error) -> {
			observer().handled(this.endpoint.path(), HandlerCallback.HANDSHAKE, error, now() - start);
			tell((decision != null) ? decision : failed(error));
		};
		assert ForeignCode.isAllowed();
		try {
			this.endpoint.handshake(this.link.peer(), mayBlock).proceed(this.request).whenComplete(answered);
		}
		catch (Throwable ex) {
			answered.accept(null, ex);
		}
	}

	private HandshakeDecision failed(@Nullable Throwable error) {
		Throwable cause = (error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error;
		if (cause instanceof RejectedExecutionException) {
			return withoutWorker(now());
		}
		observer().error(ErrorKind.HANDLER);
		LOG.log(Level.ERROR, () -> "handler of " + this.endpoint.path() + " failed to decide about a handshake", cause);
		return HandshakeDecision.refuse(500).withReason("the endpoint failed to decide");
	}

	private void tell(HandshakeDecision decision) {
		try {
			// not in the middle of what the loop does for another connection
			if (loop().isCurrent() && this.asking) {
				this.decided.accept(decision);
			}
			else {
				this.link.session().execute(() -> this.decided.accept(decision));
			}
		}
		catch (Throwable ex) {
			LOG.log(Level.ERROR, "a handshake failed", ex);
			this.link.session().abandon();
		}
	}

	private EventLoop loop() {
		return this.link.session().loop();
	}

	private WsServerObserver observer() {
		return this.server.observer();
	}

	private long now() {
		return this.server.clock().nanoTime();
	}

}
