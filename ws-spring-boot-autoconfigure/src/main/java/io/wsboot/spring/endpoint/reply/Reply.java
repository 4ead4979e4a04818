package io.wsboot.spring.endpoint.reply;

import java.nio.ByteBuffer;

import io.wsboot.Message;
import io.wsboot.PayloadConverter;
import io.wsboot.WsSession;
import io.wsboot.spring.endpoint.method.KotlinCallbacks;

/**
 * What is done with a value that a callback returned. Chosen once, at start, from the
 * method's return type.
 */
@FunctionalInterface
public interface Reply {

	/** Nothing comes back. */
	Reply NONE = (session, value) -> {
	};

	/** A {@code String}. */
	Reply TEXT = (session, value) -> session.send((String) value);

	/** A {@code byte[]}. */
	Reply BYTES = (session, value) -> session.send(ByteBuffer.wrap((byte[]) value));

	/** A {@code ByteBuffer}. */
	Reply BUFFER = (session, value) -> session.send((ByteBuffer) value);

	/** A {@code Message}. */
	Reply MESSAGE = (session, value) -> session.send((Message) value);

	/** Anything else, as a converter writes it. */
	static Reply object(PayloadConverter writer) {
		return (session, value) -> {
			if (!KotlinCallbacks.isUnit(value.getClass())) {
				session.send(writer.toMessage(value));
			}
		};
	}

	/**
	 * Sends the value.
	 * @param session where to
	 * @param value what the callback returned, not null
	 * @throws Exception if it cannot be sent
	 */
	void send(WsSession session, Object value) throws Exception;

}
