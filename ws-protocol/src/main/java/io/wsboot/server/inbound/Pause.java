package io.wsboot.server.inbound;

/**
 * Why a session is not read at the moment.
 */
public enum Pause {

	/** Too much waits for the handler already. */
	PENDING,

	/** The peer does not take the replies that it has asked for. */
	CONGESTED,

	/** The handler wants no more for now. */
	DEMAND,

	/** All connections together hold too much, and this connection holds some of it. */
	MEMORY

}
