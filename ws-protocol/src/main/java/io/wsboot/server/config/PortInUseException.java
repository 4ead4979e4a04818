package io.wsboot.server.config;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Thrown when a server is started on a port that is in use.
 */
public final class PortInUseException extends UncheckedIOException {

	private static final long serialVersionUID = 1L;

	/** The port that another program listens on. */
	private final int port;

	/**
	 * Creates an exception.
	 * @param port the port that is in use
	 * @param cause the operating system's error
	 */
	public PortInUseException(int port, IOException cause) {
		super("port " + port + " is already in use", cause);
		this.port = port;
	}

	/**
	 * The port that is in use.
	 * @return 1 to 65535
	 */
	public int port() {
		return this.port;
	}

}
