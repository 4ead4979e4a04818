package io.wsboot.spring.context;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import io.wsboot.server.spi.WsServerObserver;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes the session events of one server. Sessions open and close on event loops,
 * which must not wait for listeners, so one thread of this class publishes all events, in
 * order. While listeners are slower than clients, up to {@value #MOST_WAITING} events
 * wait; further events are not published, and the log says how many.
 */
final class SessionEvents implements WsServerObserver {

	/** Enough for every session of a default server to close at once. */
	static final int MOST_WAITING = 10_000;

	private static final Log logger = LogFactory.getLog(SessionEvents.class);

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final ApplicationEventPublisher publisher;

	private final ThreadPoolExecutor thread;

	private final AtomicLong lost = new AtomicLong();

	SessionEvents(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
		this.thread = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING),
				(task) -> {
					Thread thread = new Thread(task, "ws-session-events");
					thread.setDaemon(true);
					return thread;
				});
		this.thread.allowCoreThreadTimeOut(true);
	}

	@Override
	public void opened(WsSession session) {
		later(() -> new WsSessionOpenedEvent(session));
	}

	@Override
	public void closed(WsSession session, CloseStatus status, CloseInitiator initiator, long nanos) {
		later(() -> new WsSessionClosedEvent(session, status, initiator, Duration.ofNanos(nanos)));
	}

	private void later(Supplier<ApplicationEvent> event) {
		try {
			this.thread.execute(() -> publish(event.get()));
		}
		catch (RejectedExecutionException ex) {
			if (this.lost.getAndIncrement() == 0) {
				logger.error("Listeners of session events are too slow: " + MOST_WAITING
						+ " events wait, further ones are not published");
			}
		}
	}

	private void publish(ApplicationEvent event) {
		long lost = this.thread.getQueue().isEmpty() ? this.lost.getAndSet(0) : 0;
		if (lost > 0) {
			logger.error(lost + " session events have not been published");
		}
		try {
			this.publisher.publishEvent(event);
		}
		catch (RuntimeException | Error ex) {
			logger.error("A listener of session events failed", ex);
		}
	}

	/** Publishes the events that wait, for at most five seconds, and ends the thread. */
	void end() {
		this.thread.shutdown();
		try {
			if (!this.thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
				logger.error("Listeners of session events are too slow: " + this.thread.getQueue().size()
						+ " events have not been published");
				this.thread.shutdownNow();
			}
		}
		catch (InterruptedException ex) {
			this.thread.shutdownNow();
			Thread.currentThread().interrupt();
		}
	}

}
