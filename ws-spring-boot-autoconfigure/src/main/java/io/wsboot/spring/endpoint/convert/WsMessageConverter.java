package io.wsboot.spring.endpoint.convert;

import io.wsboot.Message;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * A bean that reads and writes payloads of an application's own kind, such as Protobuf
 * messages. Several are asked in order, and all of them before JSON, but never about
 * {@code String}, {@code byte[]}, {@code ByteBuffer} and {@link Message}. Must be
 * thread-safe.
 */
public interface WsMessageConverter {

	/**
	 * Whether it reads and writes a type. Asked once for each payload parameter, at
	 * start, and once for each class that is sent.
	 * @param type the type
	 * @return true if it does
	 */
	boolean supports(ResolvableType type);

	/**
	 * What kind of messages it reads.
	 * @return true for binary messages, false for text
	 */
	boolean isBinary();

	/**
	 * Reads a message.
	 * @param message a message of its kind
	 * @param type what to make of it, which it supports
	 * @return the payload
	 * @throws Exception if the message is not such a payload: the method's caller sees a
	 * {@link io.wsboot.spring.annotation.MessageConversionException} with this cause
	 */
	@Nullable Object read(Message message, ResolvableType type) throws Exception;

	/**
	 * Writes a payload.
	 * @param payload of a type that it supports
	 * @return the message, of either kind
	 * @throws RuntimeException if it cannot be written
	 */
	Message write(Object payload);

}
