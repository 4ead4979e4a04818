package io.wsboot.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method of a {@link WsEndpoint} that is called when a session has been opened,
 * before any message. An endpoint has at most one.
 * <p>
 * Parameters: {@link io.wsboot.WsSession}, {@link io.wsboot.HandshakeRequest},
 * {@link java.security.Principal}, {@link PathParam}, {@link QueryParam},
 * {@link HeaderParam}. The method returns {@code void}, or a reply, as {@link OnMessage}
 * describes.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnOpen {

}
