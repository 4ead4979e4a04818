package io.wsboot.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.wsboot.Execution;

/**
 * A method of a {@link WsEndpoint} that takes messages. At most one for text and one for
 * binary messages.
 * <p>
 * Exactly one parameter is the payload. {@code String} and {@link java.io.Reader} take
 * text; {@code byte[]}, {@link java.nio.ByteBuffer} and {@link java.io.InputStream} take
 * binary (a {@code ByteBuffer} is lent until the method returns); any other type takes
 * text that is read as JSON. Other parameters: {@link io.wsboot.WsSession},
 * {@link io.wsboot.HandshakeRequest}, {@link java.security.Principal}, {@link PathParam},
 * {@link QueryParam}, {@link HeaderParam}, and what the application's
 * {@code CallbackArgumentResolver} beans support; {@code WsMessageConverter} beans read
 * types that are not JSON.
 * <p>
 * A message is waited for until it is whole, but for two cases, in which it may be far
 * bigger than memory, see {@link #maxMessageSize()}:
 * <ul>
 * <li>A method that takes an {@code InputStream} or {@code Reader} is called when the
 * message begins, and reads it while it arrives; what it has not read when it returns is
 * skipped. If the session ends before the message, reading throws
 * {@link io.wsboot.IncompleteMessageException}. It waits for the client, so it needs
 * {@link io.wsboot.Execution#WORKER}, and holds a worker thread for as long as the client
 * takes: best a virtual one.</li>
 * <li>A method that takes a {@code boolean} beside a {@code String}, {@code byte[]} or
 * {@code ByteBuffer} is called with each part of the message as it arrives, and
 * {@code true} with the last one, which may be empty. A message that breaks off has no
 * last part.</li>
 * </ul>
 * <p>
 * A return value is sent as the reply: {@code String} as text, {@code byte[]} and
 * {@code ByteBuffer} as binary, a {@link io.wsboot.Message} as it is, any other object as
 * JSON text, as the declared type and Jackson's {@code @JsonView} say; nothing for
 * {@code void} and {@code null}. A {@link java.util.concurrent.CompletionStage} is sent
 * when it completes, so that replies may overtake each other; what it fails with goes to
 * {@link OnError}. The elements of a {@link java.util.concurrent.Flow.Publisher}, and of
 * every reactive type that Spring has an adapter for ({@code Mono}, {@code Flux} …), are
 * sent as they come, each as a message: the next is asked for when the last is on its way
 * and the client is not behind. It is cancelled when the session ends; what it fails with
 * goes to {@link OnError}. A session may have 256 such replies at once; one more closes
 * it with 1008. The content of a {@link java.io.Reader} is sent as one text message, that
 * of an {@link java.io.InputStream} or a {@link org.springframework.core.io.Resource} as
 * one binary message, however big; that waits for the client, so it needs a worker.
 * <p>
 * Text that cannot be read as the payload is a {@link MessageConversionException}: it
 * goes to {@link OnError}, and closes the session with 1007 if no method there takes it.
 * A payload that is annotated with {@code @Valid} or {@code @Validated} is checked by the
 * application's {@link org.springframework.validation.Validator} before the method is
 * called; of a collection or array every element is, of a map every value. Constraints on
 * the payload itself, such as {@code @Size}, are checked by Bean Validation, whether the
 * class is {@code @Validated} or not. What breaks a constraint is a
 * {@link org.springframework.validation.BindException}: it goes to {@link OnError}, and
 * closes the session with 1007 if no method there takes it. What breaks a constraint on
 * the return value is the endpoint's failure.
 * <p>
 * A message of a kind for which there is no method closes the session with 1003.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnMessage {

	/**
	 * How big a message may be, for methods that take it as {@code InputStream} or
	 * {@code Reader} or in parts; a bigger one closes the session with 1009. A size such
	 * as {@code 64MB}; placeholders ({@code ${…}}) are resolved. By default
	 * {@link WsEndpoint#maxMessageSize()}, which whole messages are always bounded by.
	 * @return the size of its payload, inflated
	 */
	String maxMessageSize() default "";

	/**
	 * Where this method runs; by default as {@link WsEndpoint#execution()} says.
	 * {@link Execution#EVENT_LOOP} promises that it never blocks. While another callback
	 * of the session runs on a worker, or waits for one, it is called there too, behind
	 * it: for each session callbacks stay in order and one at a time.
	 * @return the execution
	 */
	Execution execution() default Execution.AUTO;

}
