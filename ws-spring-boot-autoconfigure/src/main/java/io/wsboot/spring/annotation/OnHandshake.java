package io.wsboot.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method of a {@link WsEndpoint} that accepts or refuses opening handshakes,
 * before the session is open. An endpoint has at most one.
 * <p>
 * Parameters: {@link io.wsboot.HandshakeRequest}, {@link PathParam}, {@link QueryParam},
 * {@link HeaderParam}.
 * <p>
 * The method returns {@code void} or {@code true} to accept, {@code false} to refuse with
 * 403, an {@link io.wsboot.HandshakeDecision}, or a
 * {@link java.util.concurrent.CompletionStage} or {@code Mono} of one of these. An
 * exception is logged, and the handshake is refused with 500.
 * <p>
 * Path and query parameters that any callback of the endpoint takes are converted before
 * this method is called. If a conversion fails, the handshake is refused with 400 and
 * this method is not called.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnHandshake {

}
