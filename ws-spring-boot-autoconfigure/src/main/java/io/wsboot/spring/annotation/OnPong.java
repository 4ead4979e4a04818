package io.wsboot.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method of a {@link WsEndpoint} that is called when a Pong arrives that does
 * not answer one of the server's own Pings: a Pong that answers a Ping of the
 * application, or an unsolicited one (RFC 6455 §5.5.3).
 * <p>
 * Parameters: the payload of at most 125 bytes as {@code byte[]} or
 * {@link java.nio.ByteBuffer} (lent until the method returns),
 * {@link io.wsboot.WsSession}, {@link io.wsboot.HandshakeRequest},
 * {@link java.security.Principal}, {@link PathParam}, {@link QueryParam},
 * {@link HeaderParam}. The method returns {@code void}, or a reply, as {@link OnMessage}
 * describes.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnPong {

}
