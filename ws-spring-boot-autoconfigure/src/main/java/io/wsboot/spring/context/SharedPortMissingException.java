package io.wsboot.spring.context;

/**
 * Thrown at the start if an application wants to share the port of its web server, and
 * has no web server whose port can be shared.
 */
public final class SharedPortMissingException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	SharedPortMissingException() {
		super("the application has no embedded web server whose port can be shared");
	}

}
