package io.wsboot.spring.websocket;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;

/**
 * How big messages for handlers of Spring's may be at first; each session may have less.
 *
 * @param text characters of a text message
 * @param binary bytes of a binary message
 * @param bytes bytes of any message, which no session can raise
 */
public record MessageSizes(int text, int binary, int bytes) {

	/** The most bytes of UTF-8 for one {@code char}. */
	private static final long BYTES_PER_CHAR = 3;

	private static final Log logger = LogFactory.getLog(MessageSizes.class);

	private static final AtomicBoolean WARNED = new AtomicBoolean();

	/**
	 * Returns one size for all messages.
	 * @param bytes bytes of a message
	 * @return the sizes
	 */
	public static MessageSizes of(int bytes) {
		return new MessageSizes(bytes, bytes, bytes);
	}

	/**
	 * Returns the sizes that an application has set for all sessions of its servlet
	 * container. What else it has set there is the container's, of which a warning tells.
	 * @param container the application's settings
	 * @param otherwise bytes of a message for which nothing has been set
	 * @return the sizes
	 */
	public static MessageSizes of(ServletServerContainerFactoryBean container, int otherwise) {
		warnOf(container);
		Integer text = positive(container.getMaxTextMessageBufferSize());
		Integer binary = positive(container.getMaxBinaryMessageBufferSize());
		if (text == null && binary == null) {
			return of(otherwise);
		}
		long textBytes = (text != null) ? BYTES_PER_CHAR * text : otherwise;
		int binaryBytes = (binary != null) ? binary : otherwise;
		return new MessageSizes((text != null) ? text : otherwise, binaryBytes,
				(int) Math.min(Math.max(textBytes, binaryBytes), Integer.MAX_VALUE));
	}

	private static @Nullable Integer positive(@Nullable Integer size) {
		return (size != null && size > 0) ? size : null;
	}

	/** Warns, once, if a session is to take bigger messages than the server does. */
	void check(int limit) {
		if (limit > this.bytes && WARNED.compareAndSet(false, true)) {
			logger.warn("A WebSocketHandler has set a message size limit of " + limit + " for a session, but the server"
					+ " takes messages of " + this.bytes + " bytes at most: see ws.server.max-message-size");
		}
	}

	private static void warnOf(ServletServerContainerFactoryBean container) {
		Map<String, Object> without = new LinkedHashMap<>();
		without.put("maxSessionIdleTimeout", Objects.requireNonNullElse(container.getMaxSessionIdleTimeout(), ""));
		without.put("asyncSendTimeout", Objects.requireNonNullElse(container.getAsyncSendTimeout(), ""));
		without.values().removeIf(""::equals);
		if (!without.isEmpty()) {
			logger.warn("These settings of the ServletServerContainerFactoryBean are not for sessions of Spring's"
					+ " WebSocketHandlers, which the WebSocket server of this application serves: " + without
					+ ". See ws.server.idle-timeout and ws.server.outbound.stall-timeout");
		}
	}

}
