package io.wsboot.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.wsboot.Execution;

/**
 * Marks a method of a {@link WsEndpoint} that handles messages. An endpoint has at most
 * one method for text and one for binary messages. A message of a kind for which there is
 * no method closes the session with 1003.
 * <p>
 * <b>Parameters.</b> Exactly one parameter is the payload. {@code String} and
 * {@link java.io.Reader} take text; {@code byte[]}, {@link java.nio.ByteBuffer} and
 * {@link java.io.InputStream} take binary (a {@code ByteBuffer} is lent until the method
 * returns); any other type takes text that is read as JSON. {@code WsMessageConverter}
 * beans read types that are not JSON. Other parameters: {@link io.wsboot.WsSession},
 * {@link io.wsboot.HandshakeRequest}, {@link java.security.Principal}, {@link PathParam},
 * {@link QueryParam}, {@link HeaderParam}, and what the application's
 * {@code CallbackArgumentResolver} beans support.
 * <p>
 * <b>Streamed and partial messages.</b> The server calls the method when the message is
 * complete, except in two cases, in which the message may be far bigger than memory, see
 * {@link #maxMessageSize()}:
 * <ul>
 * <li>A method that takes an {@code InputStream} or {@code Reader} is called when the
 * message begins, and reads the message while it arrives. The server skips what the
 * method has not read when it returns. If the session ends before the message, reading
 * throws {@link io.wsboot.IncompleteMessageException}. Reading waits for the client, so
 * the method needs {@link io.wsboot.Execution#WORKER}, and holds a worker thread for as
 * long as the client takes: best a virtual one.</li>
 * <li>A method that takes a {@code boolean} beside a {@code String}, {@code byte[]} or
 * {@code ByteBuffer} is called with each part of the message as the part arrives. The
 * {@code boolean} is {@code true} with the last part, which may be empty. A message that
 * breaks off has no last part.</li>
 * </ul>
 * <p>
 * <b>Replies.</b> The return value is sent as the reply: {@code String} as text,
 * {@code byte[]} and {@code ByteBuffer} as binary, a {@link io.wsboot.Message} unchanged,
 * any other object as JSON text, as the declared type and Jackson's {@code @JsonView}
 * say. {@code void} and {@code null} send nothing.
 * <ul>
 * <li>The value of a {@link java.util.concurrent.CompletionStage} is sent when the stage
 * completes, so replies may overtake each other. A failure of the stage goes to
 * {@link OnError}.</li>
 * <li>The elements of a {@link java.util.concurrent.Flow.Publisher}, and of every
 * reactive type that Spring has an adapter for ({@code Mono}, {@code Flux} …), are sent
 * as they come, each as a message. The server requests the next element when the last one
 * is on its way and the client is not behind, and cancels the publisher when the session
 * ends. A failure of the publisher goes to {@link OnError}. A session may have 256 such
 * replies at once; one more closes the session with 1008.</li>
 * <li>The content of a {@link java.io.Reader} is sent as one text message, the content of
 * an {@link java.io.InputStream} or a {@link org.springframework.core.io.Resource} as one
 * binary message, however big. Sending such content waits for the client, so the method
 * needs a worker.</li>
 * </ul>
 * <p>
 * <b>Conversion and validation.</b> Text that cannot be read as the payload is a
 * {@link MessageConversionException}. A payload that is annotated with {@code @Valid} or
 * {@code @Validated} is checked by the application's
 * {@link org.springframework.validation.Validator} before the method is called; of a
 * collection or array every element is checked, of a map every value. Constraints on the
 * payload itself, such as {@code @Size}, are checked by Bean Validation, whether the
 * class is {@code @Validated} or not. A payload that breaks a constraint is a
 * {@link org.springframework.validation.BindException}. Both exceptions go to
 * {@link OnError}, and close the session with 1007 if no method there takes them. A
 * return value that breaks a constraint is the endpoint's failure.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnMessage {

	/**
	 * How big a message may be, for methods that take the message as {@code InputStream}
	 * or {@code Reader} or in parts; a bigger message closes the session with 1009. The
	 * value is a size such as {@code 64MB}; placeholders ({@code ${…}}) are resolved. The
	 * default is {@link WsEndpoint#maxMessageSize()}, which always bounds messages that
	 * are taken whole.
	 * @return the size of the inflated payload
	 */
	String maxMessageSize() default "";

	/**
	 * Where this method runs. The default is {@link WsEndpoint#execution()}.
	 * {@link Execution#EVENT_LOOP} promises that the method never blocks. While another
	 * callback of the session runs on a worker, or waits for one, this method is called
	 * on a worker too, behind that callback: the callbacks of a session stay in order and
	 * run one at a time.
	 * @return the execution
	 */
	Execution execution() default Execution.AUTO;

}
