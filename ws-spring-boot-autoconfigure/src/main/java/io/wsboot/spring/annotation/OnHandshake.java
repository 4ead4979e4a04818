package io.wsboot.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method of a {@link WsEndpoint} that judges opening handshakes before the connection
 * is open. At most one.
 * <p>
 * Parameters: {@link io.wsboot.HandshakeRequest}, {@link PathParam}, {@link QueryParam},
 * {@link HeaderParam}.
 * <p>
 * Returns {@code void} or {@code true} to accept, {@code false} to refuse with 403, or an
 * {@link io.wsboot.HandshakeDecision}, or a {@link java.util.concurrent.CompletionStage}
 * or {@code Mono} of one of these. An exception refuses with 500, and is logged.
 * <p>
 * Path and query parameters that any callback of the endpoint takes are converted before
 * this method is called. A handshake where that fails is refused with 400 without asking
 * it.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnHandshake {

}
