package io.wsboot.spring.endpoint.method;

import java.lang.annotation.Annotation;
import java.nio.ByteBuffer;
import java.util.function.Predicate;

import io.wsboot.CloseStatus;
import io.wsboot.spring.annotation.OnClose;
import io.wsboot.spring.annotation.OnError;
import io.wsboot.spring.annotation.OnHandshake;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.OnPong;

import org.springframework.core.MethodParameter;

/**
 * The types of callbacks, each with its annotation and the parameters that its event
 * gives a value to.
 */
public enum CallbackType {

	/** Decides about a handshake; its parameters have rules of their own. */
	HANDSHAKE(OnHandshake.class, "", (type) -> false),

	/** Called when a session opens. */
	OPEN(OnOpen.class, "", (type) -> false),

	/** Called for messages; its parameters have rules of their own. */
	MESSAGE(OnMessage.class, "", (type) -> false),

	/** Called for Pong frames. */
	PONG(OnPong.class, "the payload as a byte[] or ByteBuffer, ",
			(type) -> type == byte[].class || type == ByteBuffer.class),

	/** Called when a session is over. */
	CLOSE(OnClose.class, "a CloseStatus, ", (type) -> type == CloseStatus.class),

	/** Called for exceptions of other callbacks. */
	ERROR(OnError.class, "one exception, ", Throwable.class::isAssignableFrom);

	/** The parameters that a callback of any open session may have. */
	public static final String SESSION_PARAMETERS = "a WsSession, HandshakeRequest, Principal, @PathParam, @QueryParam and @HeaderParam parameters, and what a CallbackArgumentResolver bean supports";

	private final Class<? extends Annotation> annotation;

	private final String event;

	private final Predicate<Class<?>> ofEvent;

	CallbackType(Class<? extends Annotation> annotation, String event, Predicate<Class<?>> ofEvent) {
		this.annotation = annotation;
		this.event = event;
		this.ofEvent = ofEvent;
	}

	/**
	 * The annotation that marks methods of this type.
	 * @return the type of the annotation
	 */
	public Class<? extends Annotation> annotation() {
		return this.annotation;
	}

	/**
	 * Whether an endpoint has at most one method of this type.
	 * @return false if the methods are told apart by their parameters
	 */
	boolean single() {
		return this != MESSAGE && this != ERROR;
	}

	/**
	 * Checks a parameter that neither the session nor the handshake gives a value to.
	 * @param parameter a parameter of a method of this type
	 * @throws InvalidEndpointException if the event gives no value to the parameter
	 * either
	 */
	public void check(MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		if (!this.ofEvent.test(type)) {
			throw InvalidEndpointException.of(parameter, "is a " + type.getName() + ", which nothing gives a value to",
					"An " + this + " method may take " + this.event + SESSION_PARAMETERS + ".");
		}
	}

	@Override
	public String toString() {
		return "@" + this.annotation.getSimpleName();
	}

}
