package io.wsboot.server.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import java.util.function.Consumer;

/**
 * The selector of an event loop. A selector that no longer waits is replaced. All methods
 * but {@link #wakeUp} and {@link #close} run on the loop.
 */
final class LoopSelector {

	private static final Log LOG = new Log();

	private final EmptySelects emptySelects = new EmptySelects(NanoClock.SYSTEM);

	private final SelectorProvider provider;

	/** Replaced by the loop, read by any thread. */
	private volatile Selector selector;

	LoopSelector(SelectorProvider provider) {
		this.provider = provider;
		try {
			this.selector = provider.openSelector();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("no selector can be opened", ex);
		}
	}

	SelectionKey register(SocketChannel channel, IoHandle handle) throws IOException {
		return channel.register(this.selector, SelectionKey.OP_READ, handle);
	}

	/**
	 * Returns how many sockets are registered. Sockets that were closed just now may
	 * count.
	 */
	int size() {
		return this.selector.keys().size();
	}

	/** Ends the current select, or the next one. Any thread. */
	void wakeUp() {
		this.selector.wakeup();
	}

	/**
	 * Waits until a socket is ready, and serves all sockets that are ready.
	 * @param serve serves one socket
	 * @param millis how many milliseconds to wait at most; 0 for no limit
	 * @return whether a socket was ready
	 */
	boolean select(Consumer<SelectionKey> serve, long millis) throws IOException {
		return this.selector.select(serve, millis) > 0;
	}

	/** Serves all sockets that are ready, and does not wait. */
	void selectNow(Consumer<SelectionKey> serve) throws IOException {
		this.selector.selectNow(serve);
	}

	/** Called when a select had a reason to end. */
	void hadReason() {
		this.emptySelects.reset();
	}

	/**
	 * Called when a select may have ended for no reason. After too many of these, the
	 * method clears the thread's interrupt status, or replaces the selector.
	 */
	void hadNoReason() throws IOException {
		if (!this.emptySelects.recordEmptySelect()) {
			return;
		}
		if (Thread.interrupted()) { // an interrupt ends every select
			LOG.log(Level.WARNING, "a handler has left the event loop's thread interrupted", null);
		}
		else {
			LOG.log(Level.WARNING, "selector does not wait and is replaced", null);
			replace();
		}
	}

	/** Moves all sockets to a new selector. */
	void replace() throws IOException {
		Selector old = this.selector;
		Selector fresh = this.provider.openSelector();
		for (IoHandle handle : handles()) {
			handle.interest().moveTo(fresh, handle);
		}
		this.selector = fresh;
		old.close();
	}

	/** Returns the handles of all sockets that are registered. */
	List<IoHandle> handles() {
		return this.selector.keys()
			.stream()
			.filter(SelectionKey::isValid)
			.map((key) -> (IoHandle) key.attachment())
			.toList();
	}

	/** Closes the selector. Any thread, while the loop does not run. */
	void close() {
		try {
			this.selector.close();
		}
		catch (IOException | RuntimeException | Error ex) {
			LOG.log(Level.WARNING, "selector failed to close", ex);
		}
	}

}
