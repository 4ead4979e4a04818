package io.wsboot.spring.endpoint.reply;

import java.nio.ByteBuffer;

import io.wsboot.Message;
import io.wsboot.PayloadConverter;
import io.wsboot.WsSession;
import io.wsboot.spring.endpoint.method.KotlinCallbacks;

/**
 * Takes the return value of a callback, and sends the value to the client. Replies are
 * chosen at start, by the declared return type.
 *
 * @param <S> what the callback was called for: an open session, or the context of a
 * handshake, which keeps the value
 */
@FunctionalInterface
public interface Reply<S> {

	/** Sends nothing. */
	Reply<WsSession> NONE = (session, value) -> {
	};

	/** Sends a {@code String}. */
	Reply<WsSession> TEXT = (session, value) -> session.send((String) value);

	/** Sends a {@code byte[]}. */
	Reply<WsSession> BYTES = (session, value) -> session.send(ByteBuffer.wrap((byte[]) value));

	/** Sends a {@code ByteBuffer}. */
	Reply<WsSession> BUFFER = (session, value) -> session.send((ByteBuffer) value);

	/** Sends a {@code Message}. */
	Reply<WsSession> MESSAGE = (session, value) -> session.send((Message) value);

	/**
	 * Sends any other object as a converter writes it.
	 * @param writer turns the object into a message
	 * @return the reply
	 */
	static Reply<WsSession> object(PayloadConverter writer) {
		return (session, value) -> {
			if (!KotlinCallbacks.isUnit(value.getClass())) {
				session.send(writer.toMessage(value));
			}
		};
	}

	/**
	 * Sends a return value.
	 * @param source the session or handshake that the callback was called for
	 * @param value the return value, not null
	 * @throws Exception if the value cannot be sent
	 */
	void send(S source, Object value) throws Exception;

}
