package io.wsboot.server;

/**
 * Something that an event loop runs for one connection. What it throws costs that
 * connection, and no other: the loop drops the connection, as nobody knows how far the
 * work has come.
 */
interface ConnectionWork extends Runnable {

	/** The connection. */
	Connection connection();

}
