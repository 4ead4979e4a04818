package io.wsboot.server.loop;

import java.io.Closeable;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A log for threads that must go on even if the logger throws, as a logger may when
 * memory or file descriptors run out. A class keeps its log in a static field, so that
 * the log's class is loaded before anything runs out. Any thread may call all methods.
 */
public final class Log {

	private final System.Logger logger;

	public Log() {
		this("io.wsboot.server");
	}

	public Log(String name) {
		this.logger = System.getLogger(name);
	}

	/**
	 * Logs a message that is a constant, so that the caller allocates nothing for the
	 * message.
	 */
	public void log(Level level, String message, @Nullable Throwable cause) {
		try {
			this.logger.log(level, message, cause);
		}
		catch (Throwable ex) {
			// the logger was the last resort
		}
	}

	/** Closes a resource; if that fails, logs the failure. */
	public void close(Closeable resource) {
		try {
			resource.close();
		}
		catch (Throwable ex) {
			log(Level.DEBUG, "something failed to close", ex);
		}
	}

	/** Logs a message that is made only if the level is enabled. */
	public void log(Level level, Supplier<String> message, @Nullable Throwable cause) {
		try {
			this.logger.log(level, message, cause);
		}
		catch (Throwable ex) {
			// the logger was the last resort
		}
	}

}
