package io.wsboot.spring.endpoint.convert;

import io.wsboot.Message;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * Reads and writes payloads of types that an application defines, such as Protobuf
 * messages. Converter beans are asked in their order, and before JSON. They are never
 * asked about {@code String}, {@code byte[]}, {@code ByteBuffer} and {@link Message}. A
 * converter must be thread-safe.
 */
public interface WsMessageConverter {

	/**
	 * Whether this converter reads and writes a type. Called once for each payload
	 * parameter, at start, and once for each class that is sent.
	 * @param type the type
	 * @return true if {@link #read} and {@link #write} can be called for the type
	 */
	boolean supports(ResolvableType type);

	/**
	 * The kind of messages that this converter reads.
	 * @return true for binary messages, false for text
	 */
	boolean isBinary();

	/**
	 * Reads a message.
	 * @param message a message of the kind that this converter reads
	 * @param type the type of the payload, which this converter supports
	 * @return the payload
	 * @throws Exception if the message is no such payload; the callback's session fails
	 * with a {@link io.wsboot.spring.annotation.MessageConversionException} whose cause
	 * this is
	 */
	@Nullable Object read(Message message, ResolvableType type) throws Exception;

	/**
	 * Writes a payload.
	 * @param payload an object of a type that this converter supports
	 * @return a text or binary message
	 * @throws RuntimeException if the payload cannot be written
	 */
	Message write(Object payload);

}
