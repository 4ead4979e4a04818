package io.wsboot.spring.endpoint;

import java.lang.annotation.Annotation;

import io.wsboot.spring.annotation.OnClose;
import io.wsboot.spring.annotation.OnError;
import io.wsboot.spring.annotation.OnHandshake;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.OnPong;

/**
 * The annotations that make a method a callback.
 */
enum CallbackType {

	HANDSHAKE(OnHandshake.class, true), OPEN(OnOpen.class, true), MESSAGE(OnMessage.class, false),
	PONG(OnPong.class, true), CLOSE(OnClose.class, true), ERROR(OnError.class, false);

	private final Class<? extends Annotation> annotation;

	private final boolean single;

	CallbackType(Class<? extends Annotation> annotation, boolean single) {
		this.annotation = annotation;
		this.single = single;
	}

	Class<? extends Annotation> annotation() {
		return this.annotation;
	}

	/**
	 * Whether an endpoint has at most one such method.
	 * @return false if the methods are told apart by what they take
	 */
	boolean single() {
		return this.single;
	}

	@Override
	public String toString() {
		return "@" + this.annotation.getSimpleName();
	}

}
