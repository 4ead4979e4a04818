package io.wsboot.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method of a {@link WsEndpoint} that is called when a connection has been opened,
 * before any message. At most one.
 * <p>
 * Parameters: {@link io.wsboot.WsSession}, {@link io.wsboot.HandshakeRequest},
 * {@link java.security.Principal}, {@link PathParam}, {@link QueryParam},
 * {@link HeaderParam}. Returns {@code void}, or something to send, as {@link OnMessage}
 * does.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnOpen {

}
