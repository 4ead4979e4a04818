package io.wsboot.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The method of a {@link WsEndpoint} that is called when a Pong arrives that does not
 * answer one of the server's own Pings: to a Ping of the application, or unasked for (RFC
 * 6455 §5.5.3).
 * <p>
 * Parameters: the payload of at most 125 bytes as {@code byte[]} or
 * {@link java.nio.ByteBuffer} (lent until the method returns),
 * {@link io.wsboot.WsSession}, {@link io.wsboot.HandshakeRequest},
 * {@link java.security.Principal}, {@link PathParam}, {@link QueryParam},
 * {@link HeaderParam}. A return value is sent, as that of {@link OnMessage} is.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnPong {

}
