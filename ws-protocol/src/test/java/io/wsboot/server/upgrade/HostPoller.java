package io.wsboot.server.upgrade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Objects;

/** The thread of a {@link Host} that watches sockets for wires. */
final class HostPoller implements Runnable, AutoCloseable {

	private final Selector selector;

	HostPoller() {
		try {
			this.selector = Selector.open();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Thread thread = new Thread(this, "host-poller");
		thread.setDaemon(true);
		thread.start();
	}

	SelectionKey register(SocketChannel socket, HostWire wire) throws IOException {
		return socket.register(this.selector, 0, wire);
	}

	@Override
	public void run() {
		try {
			while (this.selector.isOpen()) {
				this.selector.select(HostPoller::serve);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (ClosedSelectorException ex) {
			// the host has been closed
		}
	}

	private static void serve(SelectionKey key) {
		try {
			((HostWire) Objects.requireNonNull(key.attachment())).ready();
		}
		catch (CancelledKeyException ex) {
			// the wire has been closed meanwhile
		}
	}

	@Override
	public void close() {
		try {
			this.selector.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
