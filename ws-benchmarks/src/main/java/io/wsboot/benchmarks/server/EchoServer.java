package io.wsboot.benchmarks.server;

/** A server under test. */
interface EchoServer {

	/** Where messages come back. */
	String ECHO = "/echo";

	/** Where a message goes to all connections of the path. */
	String FANOUT = "/fanout";

	/** The largest message. */
	int MAX_MESSAGE = 2 * 1024 * 1024;

	/** The largest number of connections. */
	int MAX_CONNECTIONS = 19_990;

	/**
	 * Starts it on the loopback address.
	 * @param mode what is special about it
	 * @return the port that it listens on
	 */
	int start(ServerMode mode) throws Exception;

}
