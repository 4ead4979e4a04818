package io.wsboot.server;

import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;

import io.wsboot.CloseStatus;
import io.wsboot.IncompleteMessageException;
import io.wsboot.WsHandler;
import io.wsboot.server.WsServerObserver.ErrorKind;
import io.wsboot.server.WsServerObserver.HandlerCallback;
import org.jspecify.annotations.Nullable;

/**
 * The one place where a session's handler is called, and where what it throws ends. Which
 * thread that is on is decided by the {@link Inbound}.
 */
final class HandlerCalls {

	private static final Log LOG = new Log();

	private final WsHandler handler;

	private final Endpoint endpoint;

	private final NanoClock clock;

	private final WsServerObserver observer;

	HandlerCalls(Endpoint endpoint, NanoClock clock, WsServerObserver observer) {
		this.handler = endpoint.handler();
		this.endpoint = endpoint;
		this.clock = clock;
		this.observer = observer;
	}

	/** Calls the handler and times it. */
	void timed(Session session, HandlerCallback callback, @Nullable Object argument) {
		long start = this.clock.nanoTime();
		Throwable error = call(session, callback, argument);
		this.observer.handled(this.endpoint.path(), callback, error, this.clock.nanoTime() - start);
	}

	/** Calls the handler; what it threw, null if nothing. */
	@Nullable Throwable call(Session session, HandlerCallback callback, @Nullable Object argument) {
		try {
			dispatch(session, callback, argument);
			return null;
		}
		catch (Throwable ex) {
			failed(session, callback, ex);
			return ex;
		}
		finally {
			if (callback == HandlerCallback.CLOSE) {
				this.endpoint.finished();
			}
		}
	}

	@SuppressWarnings("NullAway") // each callback has its kind of argument, see Inbound
	private void dispatch(Session session, HandlerCallback callback, @Nullable Object argument) throws Exception {
		switch (callback) {
			case TEXT -> this.handler.onText(session, (String) argument);
			case BINARY -> this.handler.onBinary(session, (ByteBuffer) argument);
			case TEXT_PART -> {
				MessagePart part = (MessagePart) argument;
				this.handler.onTextPart(session, (String) part.content(), part.last());
			}
			case BINARY_PART -> {
				MessagePart part = (MessagePart) argument;
				this.handler.onBinaryPart(session, (ByteBuffer) part.content(), part.last());
			}
			case TEXT_STREAM -> {
				try (TextStream message = new TextStream((InboundStream) argument)) {
					this.handler.onTextStream(session, message);
				}
			}
			case BINARY_STREAM -> {
				try (BinaryStream message = new BinaryStream((InboundStream) argument)) {
					this.handler.onBinaryStream(session, message);
				}
			}
			case PONG -> this.handler.onPong(session, (ByteBuffer) argument);
			case OPEN -> this.handler.onOpen(session);
			case DRAINED -> this.handler.onDrained(session);
			case DROPPED -> this.handler.onDropped(session, (Integer) argument);
			case CLOSE -> this.handler.onClose(session, (CloseStatus) argument);
			case HANDSHAKE -> throw new IllegalStateException("a handshake belongs to no session yet");
		}
	}

	private static boolean isBrokenOff(Throwable error) {
		return error instanceof IncompleteMessageException || error.getCause() instanceof IncompleteMessageException;
	}

	private void failed(Session session, HandlerCallback callback, Throwable error) {
		try {
			this.handler.onError(session, error);
		}
		catch (Throwable ex) {
			if (isBrokenOff(ex)) {
				LOG.log(Level.DEBUG, () -> "message to " + this.endpoint.path() + " broke off", ex);
				return; // which is no fault of the handler's, and the session is closed
			}
			// first, as the rest may fail for the same reason
			session.close(CloseStatus.INTERNAL_ERROR);
			this.observer.error(ErrorKind.HANDLER);
			LOG.log(Level.ERROR, () -> "handler of " + this.endpoint.path() + " failed in " + callback, ex);
		}
	}

}
