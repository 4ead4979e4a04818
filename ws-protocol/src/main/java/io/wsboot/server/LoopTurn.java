package io.wsboot.server;

import java.lang.System.Logger.Level;

import org.jspecify.annotations.Nullable;

/**
 * Runs what an event loop has to do, one piece after the other, so that what a piece
 * throws costs no more than the connection that it is about. In such a piece a connection
 * may take a turn: then its frames gather in the loop's buffer, and leave together when
 * the turn ends. The loop takes the buffer back behind each piece, whatever that has
 * thrown: else the frames of one session could leave with those of another. On the loop.
 */
final class LoopTurn {

	private static final Log LOG = new Log();

	private final LoopMemory memory;

	/** Whose turn it is; null between turns. */
	private @Nullable Connection connection;

	LoopTurn(LoopMemory memory) {
		this.memory = memory;
	}

	/** Runs a piece of work. Throws only if there is not even memory for the log. */
	void run(Runnable work) {
		boolean done = false;
		try {
			work.run();
			done = true;
		}
		catch (Throwable ex) {
			LOG.log(Level.ERROR, "event loop task failed", ex);
		}
		finally {
			if (this.connection != null) {
				takeBack();
			}
			if (!done && work instanceof ConnectionWork its) {
				drop(its.connection());
			}
		}
	}

	/**
	 * Begins the turn of a connection.
	 * @return whether {@link #end} must be called; false if a turn has begun, or another
	 * thread writes to the connection
	 */
	boolean begin(Connection connection) {
		if (this.connection != null || !connection.outbound().beginTurn(this.memory.out())) {
			return false;
		}
		this.connection = connection;
		return true;
	}

	/** Ends the turn, and writes what was sent in it. */
	void end() {
		Connection connection = this.connection;
		if (connection != null) {
			connection.outbound().endTurn();
			this.connection = null;
		}
	}

	/** Ends a turn that something has been thrown out of: nobody knows how far it is. */
	private void takeBack() {
		Connection connection = this.connection;
		this.connection = null;
		if (connection != null) {
			drop(connection);
		}
	}

	/** Drops a connection, which is told what it may still throw. Never throws. */
	void drop(Connection connection) {
		try {
			connection.outbound().breakOffTurn();
			connection.drop();
		}
		catch (Throwable ex) {
			LOG.log(Level.ERROR, "connection failed to end", ex);
		}
	}

}
