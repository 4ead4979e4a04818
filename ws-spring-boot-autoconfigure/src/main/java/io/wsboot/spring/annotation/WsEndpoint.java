package io.wsboot.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

import io.wsboot.Execution;

/**
 * A bean that serves the WebSocket connections of one path. One bean serves many
 * sessions; for each session its callbacks ({@link OnHandshake}, {@link OnOpen},
 * {@link OnMessage}, {@link OnPong}, {@link OnClose}, {@link OnError}) are called one at
 * a time, in wire order, unless {@link #concurrency()} says otherwise.
 * <p>
 * A callback may have any visibility but private, and may be inherited. Beans that Spring
 * proxies are called through their proxy. Parameters of type
 * {@link java.security.Principal}, or a subtype of it, take who the handshake found the
 * client to be, and {@code null} if it did not find out. A callback that cannot work as
 * it is written stops the start of the application.
 *
 * <pre>
 * &#64;WsEndpoint("/chat/{room}")
 * class ChatEndpoint {
 *
 * 	&#64;OnMessage
 * 	Line said(Said said, &#64;PathParam String room) {
 * 		return new Line(room, said.text());
 * 	}
 *
 * }
 * </pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
public @interface WsEndpoint {

	/**
	 * Alias for {@link #path()}.
	 * @return the path
	 */
	@AliasFor("path")
	String value() default "";

	/**
	 * The path: absolute, segments between slashes, a segment in braces is a variable. It
	 * is matched as the client sends it: no trailing slash is added or taken away,
	 * nothing but variables is decoded. Placeholders ({@code ${…}}) are resolved.
	 * @return the path, such as {@code /chat/{room}}
	 */
	@AliasFor("value")
	String path() default "";

	/**
	 * Where the callbacks run; by default as {@code ws.server.execution} says.
	 * @return the execution
	 */
	Execution execution() default Execution.AUTO;

	/**
	 * The subprotocols that the endpoint speaks, best first (RFC 6455 §1.9). The first
	 * one that the client offers too is agreed on; none if there is no such one.
	 * @return the subprotocols
	 */
	String[] subprotocols() default {};

	/**
	 * How many messages of one session may be handled at the same time; by default one
	 * after the other. More than one needs {@link Execution#WORKER}, and methods that
	 * take messages whole. They begin in wire order, each on a worker of its own; which
	 * ends first is open, and so is the order of the replies. {@link OnOpen} comes before
	 * all of them and {@link OnClose} when all have ended; other callbacks may run beside
	 * them.
	 * @return the number, 1 or more
	 */
	int concurrency() default 1;

	/**
	 * How big an incoming message may be, inflated; a bigger one closes the session with
	 * 1009. A size such as {@code 64MB}; placeholders are resolved, as in the attributes
	 * below. By default {@code ws.server.max-message-size}.
	 * @return the size
	 */
	String maxMessageSize() default "";

	/**
	 * How big a frame of an incoming message may be; a bigger one closes the session with
	 * 1009. By default {@link #maxMessageSize()} if that is set, else
	 * {@code ws.server.max-frame-size}.
	 * @return the size, not above that of a message
	 */
	String maxFrameSize() default "";

	/**
	 * How many frames an incoming message may have; more close the session with 1008. By
	 * default {@code ws.server.max-fragments}.
	 * @return the number
	 */
	String maxFragments() default "";

	/**
	 * How many messages of a session may wait for a slow method; then the session is not
	 * read until half of them are done. By default
	 * {@code ws.server.inbound.max-pending-messages}.
	 * @return the number
	 */
	String maxPendingMessages() default "";

	/**
	 * How many messages a second a session may bring, with bursts of one second's worth;
	 * more close it with 1008. By default
	 * {@code ws.server.inbound.max-messages-per-second}.
	 * @return the number
	 */
	String maxMessagesPerSecond() default "";

	/**
	 * How much may wait for a slow client; {@code ws.server.outbound.overflow} says what
	 * happens then. Below {@code ws.server.outbound.high-water-mark} it is that mark too.
	 * By default {@code ws.server.outbound.max-queued}.
	 * @return the size
	 */
	String maxQueued() default "";

}
