package io.wsboot.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a {@link WsEndpoint} that handles what another callback threw, and
 * messages that could not be converted. An endpoint may have several. The method with the
 * closest exception type is called; if no method takes the exception itself, the method
 * for the exception's cause is called with that cause, and so on.
 * <p>
 * If no method fits, the server logs the error and closes the session with 1011. A
 * message that could not be read ({@link MessageConversionException}) or that breaks a
 * constraint ({@link org.springframework.validation.BindException}) is not logged and
 * closes the session with 1007. An exception that an {@code @OnError} method throws is
 * logged and closes the session with 1011.
 * <p>
 * An {@code @OnError} method is called like any other callback: one at a time, and where
 * callbacks run. The failure of an asynchronous reply reaches the method in the same way,
 * unless the session has been closed by then.
 * <p>
 * Parameters: one exception type, {@link io.wsboot.WsSession},
 * {@link io.wsboot.HandshakeRequest}, {@link java.security.Principal}, {@link PathParam},
 * {@link QueryParam}, {@link HeaderParam}. The method returns {@code void}, or a reply,
 * as {@link OnMessage} describes.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnError {

}
