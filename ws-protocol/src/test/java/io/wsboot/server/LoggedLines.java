package io.wsboot.server;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is logged with a name or below it, from now until this is closed.
 */
final class LoggedLines extends Handler implements AutoCloseable {

	private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

	private final Logger logger;

	private final Level before;

	LoggedLines(String name, Level level) {
		this.logger = Logger.getLogger(name);
		this.before = this.logger.getLevel();
		this.logger.setLevel(level);
		this.logger.addHandler(this);
		this.logger.setUseParentHandlers(false);
	}

	/** The next line, as {@code LEVEL text}. */
	String next() {
		try {
			String line = this.lines.poll(10, TimeUnit.SECONDS);
			assertThat(line).as("a line in the log").isNotNull();
			return String.valueOf(line);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	void expectNothing() {
		assertThat(this.lines).isEmpty();
	}

	@Override
	public void publish(LogRecord line) {
		this.lines.add(line.getLevel() + " " + line.getMessage());
	}

	@Override
	public void flush() {
		// kept in memory
	}

	@Override
	public void close() {
		this.logger.removeHandler(this);
		this.logger.setUseParentHandlers(true);
		this.logger.setLevel(this.before);
	}

}
