package io.wsboot.server.inbound;

import java.nio.ByteBuffer;

import io.wsboot.CloseStatus;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.WsSession.Task;
import io.wsboot.server.spi.CallbackChain;
import io.wsboot.server.spi.WsServerObserver.HandlerCallback;
import org.jspecify.annotations.Nullable;

/**
 * Calls the method of a handler that a callback stands for.
 *
 * @param handler the handler
 */
record HandlerDispatch(WsHandler handler) implements CallbackChain {

	@Override
	@SuppressWarnings("NullAway") // each callback has its kind of argument, see Inbound
	public void proceed(WsSession session, HandlerCallback callback, @Nullable Object argument) throws Throwable {
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
			case TASK -> ((Task) argument).run(session);
			case ERROR -> this.handler.onError(session, (Throwable) argument);
			case HANDSHAKE -> throw new IllegalStateException("a handshake belongs to no session yet");
		}
	}

}
