package io.wsboot.server.inbound;

import java.lang.System.Logger.Level;

import io.wsboot.CloseStatus;
import io.wsboot.IncompleteMessageException;
import io.wsboot.server.loop.ForeignCode;
import io.wsboot.server.loop.Log;
import io.wsboot.server.loop.NanoClock;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.spi.WsServerObserver.ErrorKind;
import io.wsboot.server.spi.WsServerObserver.HandlerCallback;
import org.jspecify.annotations.Nullable;

/**
 * The one place where sessions' handlers are called, and where what it throws ends. Which
 * thread that is on is decided by the {@link Inbound}.
 */
public final class HandlerCalls {

	private static final Log LOG = new Log();

	private final NanoClock clock;

	private final WsServerObserver observer;

	public HandlerCalls(NanoClock clock, WsServerObserver observer) {
		this.clock = clock;
		this.observer = observer;
	}

	/** Calls the handler and times the call. Never throws. */
	void timed(InboundTarget session, HandlerCallback callback, @Nullable Object argument) {
		assert ForeignCode.isAllowed();
		long start = this.clock.nanoTime();
		Throwable error = null;
		try {
			try {
				session.endpointSessions().callbacks().proceed(session, callback, argument);
			}
			catch (Throwable ex) {
				error = ex;
				failed(session, callback, ex);
			}
			this.observer.handled(session.endpoint(), callback, error, this.clock.nanoTime() - start);
		}
		finally {
			finish(session, callback);
		}
	}

	/**
	 * Calls the handler on the session's loop, and times the call if the call is in the
	 * sample. Never throws.
	 */
	void sampled(InboundTarget session, HandlerCallback callback, @Nullable Object argument) {
		if (session.link().loop().isSampled()) {
			timed(session, callback, argument);
			return;
		}
		assert ForeignCode.isAllowed();
		try {
			session.endpointSessions().callbacks().proceed(session, callback, argument);
		}
		catch (Throwable ex) {
			failed(session, callback, ex);
		}
		finally {
			finish(session, callback);
		}
	}

	/** Comes last, as an endpoint may be gone with its last session. */
	private static void finish(InboundTarget session, HandlerCallback callback) {
		if (callback == HandlerCallback.CLOSE) {
			session.endpointSessions().finished();
		}
	}

	private static boolean isBrokenOff(Throwable error) {
		return error instanceof IncompleteMessageException || error.getCause() instanceof IncompleteMessageException;
	}

	private void failed(InboundTarget session, HandlerCallback callback, Throwable error) {
		try {
			session.endpointSessions().callbacks().proceed(session, HandlerCallback.ERROR, error);
		}
		catch (Throwable ex) {
			failed(session, callback, ex, isBrokenOff(ex));
		}
	}

	private void failed(InboundTarget session, HandlerCallback callback, Throwable ex, boolean brokenOff) {
		try {
			if (brokenOff) {
				LOG.log(Level.DEBUG, () -> "message to " + session.endpoint() + " broke off in session " + session.id(),
						ex);
				return; // which is no fault of the handler's, and the session is closed
			}
			// first, as the rest may fail for the same reason
			session.close(CloseStatus.INTERNAL_ERROR);
			this.observer.error(ErrorKind.HANDLER);
			LOG.log(Level.ERROR,
					() -> "handler of " + session.endpoint() + " failed in " + callback + " of session " + session.id(),
					ex);
		}
		catch (Throwable again) { // there may be no memory even for that
			session.link().abandon();
		}
	}

}
