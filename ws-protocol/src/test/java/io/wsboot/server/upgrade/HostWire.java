package io.wsboot.server.upgrade;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

import io.wsboot.server.spi.Wire;
import io.wsboot.server.spi.WireEvents;

/**
 * A wire over a socket of a {@link Host}, which the host's poller watches. Watches for
 * each operation once per {@link #watch}.
 */
final class HostWire implements Wire {

	private final SocketChannel socket;

	private final SelectionKey key;

	/** What the server has given to the host; not there before the adoption. */
	private final CompletableFuture<WireEvents> events = new CompletableFuture<>();

	HostWire(SocketChannel socket, HostPoller poller) throws IOException {
		this.socket = socket;
		socket.configureBlocking(false);
		this.key = poller.register(socket, this);
	}

	void adopted(WireEvents events) {
		this.events.complete(events);
	}

	/** The poller has found the socket ready. */
	void ready() {
		int ready = this.key.readyOps();
		this.key.interestOpsAnd(~ready);
		this.events.thenAccept((events) -> events.ready(ready));
	}

	@Override
	public int read(ByteBuffer into) throws IOException {
		return this.socket.read(into);
	}

	@Override
	public int write(ByteBuffer from) throws IOException {
		return this.socket.write(from);
	}

	@Override
	public boolean flush() {
		return true;
	}

	@Override
	public void watch(int operations) {
		this.key.interestOpsOr(operations);
		this.key.selector().wakeup();
	}

	@Override
	public void endOutput() throws IOException {
		this.socket.shutdownOutput();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
		this.key.selector().wakeup(); // which lets go of the descriptor
	}

}
