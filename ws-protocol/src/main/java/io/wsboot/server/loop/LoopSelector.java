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
 * The selector of an event loop, which is replaced when it does not wait any more. On the
 * loop, but for {@link #wakeUp}.
 */
final class LoopSelector {

	private static final Log LOG = new Log();

	private final EmptySelects emptySelects = new EmptySelects(NanoClock.SYSTEM);

	private final SelectorProvider provider;

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

	/** How many sockets are registered, those included that have just been closed. */
	int size() {
		return this.selector.keys().size();
	}

	/** Ends a select. Any thread. */
	void wakeUp() {
		this.selector.wakeup();
	}

	/**
	 * Waits until a socket is ready, and serves all that are.
	 * @param millis how long to wait; 0 = for ever
	 * @return whether any was
	 */
	boolean select(Consumer<SelectionKey> serve, long millis) throws IOException {
		return this.selector.select(serve, millis) > 0;
	}

	/** The same without waiting. */
	void selectNow(Consumer<SelectionKey> serve) throws IOException {
		this.selector.selectNow(serve);
	}

	/** A select had a reason to end. */
	void hadReason() {
		this.emptySelects.reset();
	}

	/** A select may have ended for no reason; something is done if too many did. */
	void hadNoReason() throws IOException {
		if (!this.emptySelects.isOneTooMany()) {
			return;
		}
		if (Thread.interrupted()) { // which ends every select until somebody heeds it
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

	List<IoHandle> handles() {
		return this.selector.keys()
			.stream()
			.filter(SelectionKey::isValid)
			.map((key) -> (IoHandle) key.attachment())
			.toList();
	}

	void close() {
		try {
			this.selector.close();
		}
		catch (IOException | RuntimeException | Error ex) {
			LOG.log(Level.WARNING, "selector failed to close", ex);
		}
	}

}
