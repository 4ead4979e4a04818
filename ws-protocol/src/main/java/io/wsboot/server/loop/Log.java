package io.wsboot.server.loop;

import java.io.Closeable;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The log of threads that must go on, also when the log is what fails: it may be out of
 * memory or of file descriptors just like what it is told of. An object, so that whoever
 * keeps it has it loaded before that. Any thread.
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
	 * Logs a message that is a constant, so that the caller allocates nothing for it.
	 */
	public void log(Level level, String message, @Nullable Throwable cause) {
		try {
			this.logger.log(level, message, cause);
		}
		catch (Throwable ex) {
			// nobody is left who could be told
		}
	}

	/** Closes something that is of no use any more, whether that succeeds or not. */
	public void close(Closeable resource) {
		try {
			resource.close();
		}
		catch (Throwable ex) {
			log(Level.DEBUG, "something failed to close", ex);
		}
	}

	public void log(Level level, Supplier<String> message, @Nullable Throwable cause) {
		try {
			this.logger.log(level, message, cause);
		}
		catch (Throwable ex) {
			// nobody is left who could be told
		}
	}

}
