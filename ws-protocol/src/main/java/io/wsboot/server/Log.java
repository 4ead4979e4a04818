package io.wsboot.server;

import java.lang.System.Logger.Level;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The log of threads that must go on, also when the log is what fails: it may be out of
 * memory or of file descriptors just like what it is told of. An object, so that whoever
 * keeps it has it loaded before that. Any thread.
 */
final class Log {

	private final System.Logger logger = System.getLogger("io.wsboot.server");

	void log(Level level, Supplier<String> message, @Nullable Throwable cause) {
		try {
			this.logger.log(level, message, cause);
		}
		catch (Throwable ex) {
			// nobody is left who could be told
		}
	}

}
