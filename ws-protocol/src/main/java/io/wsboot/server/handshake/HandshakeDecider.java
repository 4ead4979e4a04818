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
 * Asks an endpoint to decide about one handshake: on the loop if the endpoint allows
 * that, else on a worker. Whatever happens on the worker, the loop gets a decision.
 */
final class HandshakeDecider {

	private static final Log LOG = new Log();

	private final HandshakeLink link;

	private final HandshakeContext server;

	private final Endpoint endpoint;

	private final HandshakeRequest request;

	private final Consumer<HandshakeDecision> decided;

	private final HandshakeWorker worker;

	/** Whether {@link #begin} is running; used on the loop only. */
	private boolean asking;

	/**
	 * A decision that has not begun.
	 * @param decided told of the decision on the loop, perhaps more than once
	 */
	HandshakeDecider(HandshakeLink link, HandshakeContext server, Endpoint endpoint, HandshakeRequest request,
			Consumer<HandshakeDecision> decided) {
		this.link = link;
		this.server = server;
		this.endpoint = endpoint;
		this.request = request;
		this.decided = decided;
		this.worker = new HandshakeWorker(link, server, this::workerIsLate);
	}

	/** Asks the endpoint. On the loop. */
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

	/** The client has been answered, or is gone. On the loop. */
	void end() {
		this.worker.end();
	}

	/** No worker has begun in time. On the loop. */
	private void workerIsLate() {
		this.decided.accept(withoutWorker(this.worker.waitedFrom()));
	}

	/** Counts a handshake that no worker takes, and refuses the handshake. */
	private Refuse withoutWorker(long waitedFrom) {
		this.server.shortage().refused(this.endpoint.path(), waitedFrom);
		return Refusals.NO_WORKER;
	}

	/**
	 * Calls interceptors and handler, and passes their decision on.
	 * @param mayBlock runs interceptors that may block
	 */
	private void ask(Executor mayBlock) {
		long start = now();
		BiConsumer<@Nullable HandshakeDecision, @Nullable Throwable> answered = (decision, error) -> {
			observer().handled(this.endpoint.path(), HandlerCallback.HANDSHAKE, error, now() - start);
			tell((decision != null) ? decision : failed(error));
		};
		assert ForeignCode.isAllowed();
		try {
			this.endpoint.handshake(this.link.peer(), this.link.upgrade(), mayBlock)
				.proceed(this.request)
				.whenComplete(answered);
		}
		catch (Throwable ex) {
			answered.accept(null, ex);
		}
	}

	/** The refusal that stands for a failure of interceptors or handler. */
	private HandshakeDecision failed(@Nullable Throwable error) {
		Throwable cause = (error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error;
		if (cause instanceof RejectedExecutionException) {
			return withoutWorker(now());
		}
		observer().error(ErrorKind.HANDLER);
		LOG.log(Level.ERROR, () -> "handler of " + this.endpoint.path() + " failed to decide about a handshake", cause);
		return HandshakeDecision.refuse(500).withReason("the endpoint failed to decide");
	}

	/** Brings the decision to the loop. Any thread; never throws. */
	private void tell(HandshakeDecision decision) {
		try {
			// else later, as the loop may be busy with another connection
			if (loop().isCurrent() && this.asking) {
				this.decided.accept(decision);
			}
			else {
				this.link.execute(() -> this.decided.accept(decision));
			}
		}
		catch (Throwable ex) {
			LOG.log(Level.ERROR, "a handshake failed", ex);
			this.link.abandon();
		}
	}

	private EventLoop loop() {
		return this.link.loop();
	}

	private WsServerObserver observer() {
		return this.server.observer();
	}

	private long now() {
		return this.server.clock().nanoTime();
	}

}
