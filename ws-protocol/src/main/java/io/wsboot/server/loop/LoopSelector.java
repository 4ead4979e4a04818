package io.wsboot.server.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The connections of an event loop: the sockets that the loop's selector watches, and
 * connections that somebody else watches. All methods but {@link #wakeUp} and
 * {@link #close} run on the loop.
 */
public final class LoopSelector {

	private static final Log LOG = new Log();

	private final Selector selector;

	/** Reserves the memory that one more connection may need of the loop. */
	private final Runnable reserve;

	/** Handles of connections that somebody else watches. */
	private final Set<IoHandle> others = new LinkedHashSet<>();

	LoopSelector(SelectorProvider provider, Runnable reserve) {
		this.reserve = reserve;
		try {
			this.selector = provider.openSelector();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("no selector can be opened", ex);
		}
	}

	/** Serves a socket whenever the selector finds the socket ready. */
	public SelectionKey register(SocketChannel channel, IoHandle handle) throws IOException {
		this.reserve.run();
		return channel.register(this.selector, SelectionKey.OP_READ, handle);
	}

	/** Adds a connection that somebody else watches. */
	public void add(IoHandle handle) {
		this.reserve.run();
		this.others.add(handle);
	}

	/** Removes a connection that somebody else has watched. */
	public void remove(IoHandle handle) {
		this.others.remove(handle);
	}

	/**
	 * Returns how many connections there are. Sockets that were closed just now may
	 * count.
	 */
	int size() {
		return this.selector.keys().size() + this.others.size();
	}

	/** Returns the handles of all connections. */
	public List<IoHandle> handles() {
		Stream<IoHandle> sockets = this.selector.keys()
			.stream()
			.filter(SelectionKey::isValid)
			.map((key) -> (IoHandle) key.attachment());
		return Stream.concat(sockets, this.others.stream()).toList();
	}

	/** Ends the current select, or the next one. Any thread. */
	void wakeUp() {
		this.selector.wakeup();
	}

	/**
	 * Waits until a socket is ready, and serves all sockets that are ready.
	 * @param serve serves one socket
	 * @param millis how many milliseconds to wait at most; 0 for no limit
	 */
	void select(Consumer<SelectionKey> serve, long millis) throws IOException {
		if (this.selector.select(serve, millis) == 0 && Thread.interrupted()) {
			// an interrupt ends every select, and the loop would never sleep again
			LOG.log(Level.WARNING, "a handler has left the event loop's thread interrupted", null);
		}
	}

	/** Serves all sockets that are ready, and does not wait. */
	void selectNow(Consumer<SelectionKey> serve) throws IOException {
		this.selector.selectNow(serve);
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
