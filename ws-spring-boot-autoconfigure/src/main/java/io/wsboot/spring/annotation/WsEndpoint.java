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
 * Marks a bean that serves the WebSocket sessions of one path. One bean serves many
 * sessions. The callbacks of a session ({@link OnHandshake}, {@link OnOpen},
 * {@link OnMessage}, {@link OnPong}, {@link OnClose}, {@link OnError}) are called one at
 * a time, in wire order, unless {@link #concurrency()} says otherwise.
 * <p>
 * A callback may have any visibility but private, and may be inherited. Beans that Spring
 * proxies are called through their proxy. A parameter of type
 * {@link java.security.Principal}, or of a subtype, takes the client's identity that the
 * handshake established, {@code null} if it established none. A callback that cannot work
 * as written stops the start of the application.
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
	 * The path, which is absolute: segments between slashes, where a segment in braces is
	 * a variable. The path must match what the client sends exactly: the server adds and
	 * removes no trailing slash, and decodes nothing but variables. Placeholders
	 * ({@code ${…}}) are resolved.
	 * @return the path, such as {@code /chat/{room}}
	 */
	@AliasFor("value")
	String path() default "";

	/**
	 * Where the callbacks run. The default is {@code ws.server.execution}.
	 * @return the execution
	 */
	Execution execution() default Execution.AUTO;

	/**
	 * The subprotocols that the endpoint speaks, best first (RFC 6455 §1.9). The server
	 * selects the first one that the client offers too, and none if the client offers
	 * none of them.
	 * @return the subprotocols
	 */
	String[] subprotocols() default {};

	/**
	 * How many messages of one session may be handled at the same time. The default is
	 * one after the other. More than one needs {@link Execution#WORKER}, and methods that
	 * take messages whole. The messages begin in wire order, each on a worker of its own,
	 * but may end, and be replied to, in any order. {@link OnOpen} ends before the first
	 * of them begins, and {@link OnClose} begins when all have ended; other callbacks may
	 * run beside them.
	 * @return the number, 1 or more
	 */
	int concurrency() default 1;

	/**
	 * How big an incoming message may be; a bigger message closes the session with 1009.
	 * The value is a size such as {@code 64MB}; here and in the attributes below,
	 * placeholders are resolved. The default is {@code ws.server.max-message-size}.
	 * @return the size of the inflated payload
	 */
	String maxMessageSize() default "";

	/**
	 * How big a frame of an incoming message may be; a bigger frame closes the session
	 * with 1009. The default is {@link #maxMessageSize()} if that is set, else
	 * {@code ws.server.max-frame-size}.
	 * @return the size, not above the size of a message
	 */
	String maxFrameSize() default "";

	/**
	 * How many frames an incoming message may have; more frames close the session with
	 * 1008. The default is {@code ws.server.max-fragments}.
	 * @return the number
	 */
	String maxFragments() default "";

	/**
	 * How many messages of a session may wait for a slow method. When so many wait, the
	 * server stops reading from the session until half of them are done. The default is
	 * {@code ws.server.inbound.max-pending-messages}.
	 * @return the number
	 */
	String maxPendingMessages() default "";

	/**
	 * How many messages a second a session may send, with bursts of one second's worth;
	 * more messages close the session with 1008. The default is
	 * {@code ws.server.inbound.max-messages-per-second}.
	 * @return the number
	 */
	String maxMessagesPerSecond() default "";

	/**
	 * How many bytes may wait for a slow client; {@code ws.server.outbound.overflow} says
	 * what happens above that. A value below {@code ws.server.outbound.high-water-mark}
	 * is the session's high-water mark too. The default is
	 * {@code ws.server.outbound.max-queued}.
	 * @return the size
	 */
	String maxQueued() default "";

}
