package io.wsboot.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method of a {@link WsEndpoint} that takes what another callback threw, and messages
 * that could not be converted. There may be several; the one with the closest exception
 * type is called, or else the one for the exception's cause, which it is given then, and
 * so on. Without a fitting one the error is logged and the session closed with 1011; a
 * message that could not be read ({@link MessageConversionException}), or that breaks a
 * constraint ({@link org.springframework.validation.BindException}), is not logged, and
 * closes with 1007. What this method throws itself is logged and closes with 1011.
 * <p>
 * It is called like any other callback, one at a time and where they run. That goes for
 * what an asynchronous reply failed with too, which is not told any more when the session
 * is closed.
 * <p>
 * Parameters: one exception type, {@link io.wsboot.WsSession},
 * {@link io.wsboot.HandshakeRequest}, {@link java.security.Principal}, {@link PathParam},
 * {@link QueryParam}, {@link HeaderParam}. Returns {@code void}, or something to send, as
 * {@link OnMessage} does.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnError {

}
