package io.wsboot.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method of a {@link WsEndpoint} that takes messages. At most one for text and one for
 * binary messages.
 * <p>
 * Exactly one parameter is the payload. {@code String} takes text; {@code byte[]} and
 * {@link java.nio.ByteBuffer} take binary (a {@code ByteBuffer} is lent until the method
 * returns); any other type takes text that is read as JSON. Other parameters:
 * {@link io.wsboot.WsSession}, {@link io.wsboot.HandshakeRequest},
 * {@link java.security.Principal}, {@link PathParam}, {@link QueryParam},
 * {@link HeaderParam}.
 * <p>
 * A return value is sent as the reply: {@code String} as text, {@code byte[]} and
 * {@code ByteBuffer} as binary, a {@link io.wsboot.Message} as it is, any other object as
 * JSON text; nothing for {@code void} and {@code null}. A
 * {@link java.util.concurrent.CompletionStage} is sent when it completes, so that replies
 * may overtake each other; what it fails with goes to {@link OnError}.
 * <p>
 * Text that cannot be read as the payload is a {@link MessageConversionException}: it
 * goes to {@link OnError}, and closes the session with 1007 if no method there takes it.
 * A message of a kind for which there is no method closes the session with 1003.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnMessage {

}
