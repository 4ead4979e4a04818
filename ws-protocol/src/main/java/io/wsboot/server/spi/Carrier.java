package io.wsboot.server.spi;

/** What carries a session's bytes. */
public enum Carrier {

	/** A socket that the server's own listener has accepted. */
	LISTENER,

	/** A socket that a host has accepted and handed over, see {@link Upgrade}. */
	SOCKET,

	/** A {@link Wire} of a host. */
	WIRE

}
