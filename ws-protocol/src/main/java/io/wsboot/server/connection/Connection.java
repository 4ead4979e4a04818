package io.wsboot.server.connection;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.function.Function;

import io.wsboot.protocol.ServerProtocol;
import io.wsboot.server.handshake.HandshakePhase;
import io.wsboot.server.inbound.Pause;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.loop.IoWork;
import io.wsboot.server.loop.Log;
import io.wsboot.server.loop.SocketInterest;
import io.wsboot.server.outbound.Outbound;
import io.wsboot.server.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * One socket on its event loop: moves bytes between socket and protocol, and closes both
 * halves of the TCP connection in order. {@link ServerProtocol} knows what the bytes
 * mean. The loop owns all fields and calls all methods but {@link #execute}. An exception
 * costs this connection and no other.
 */
final class Connection implements ConnectionSource.Target {

	private static final Log LOG = new Log();

	private final EventLoop loop;

	private final Transport transport;

	/** The peer, or the client that a trusted proxy names; null if unknown. */
	private @Nullable InetSocketAddress remoteAddress;

	private final ServerContext server;

	private final ConnectionLifecycle lifecycle;

	private final InboundBuffer inbound;

	private final Outbound outbound;

	private final ConnectionLink link;

	private final ConnectionTimer timer;

	private final SocketInterest interest;

	private ConnectionState state = ConnectionState.OPEN;

	Connection(EventLoop loop, ServerContext server, ConnectionSource source,
			@Nullable Function<Connection, HandshakePhase> handshake) throws IOException {
		this.loop = loop;
		this.server = server;
		this.remoteAddress = source.remoteAddress();
		this.link = new ConnectionLink(this);
		this.transport = source.transport(this);
		this.outbound = new Outbound(this.transport, loop, this.link, server.watermarks(), server.sessions().frames());
		this.lifecycle = new ConnectionLifecycle(this, (handshake != null) ? handshake.apply(this) : null);
		this.inbound = new InboundBuffer(server.protocol(loop, (handshake != null) ? this.lifecycle : null),
				this.transport, server.pressure());
		this.interest = new SocketInterest(source.register(this));
		this.timer = new ConnectionTimer(this.link);
	}

	@Override
	public ServerContext server() {
		return this.server;
	}

	@Override
	public EventLoop loop() {
		return this.loop;
	}

	@Nullable InetSocketAddress remoteAddress() {
		return this.remoteAddress;
	}

	Transport transport() {
		return this.transport;
	}

	InboundBuffer inbound() {
		return this.inbound;
	}

	ServerProtocol protocol() {
		return this.inbound.protocol();
	}

	@Override
	public Outbound outbound() {
		return this.outbound;
	}

	ConnectionTimer timer() {
		return this.timer;
	}

	@Override
	public SocketInterest interest() {
		return this.interest;
	}

	@Override
	public ConnectionLink link() {
		return this.link;
	}

	ConnectionLifecycle lifecycle() {
		return this.lifecycle;
	}

	/** Whether the socket is closed. */
	boolean isGone() {
		return this.state == ConnectionState.CLOSED;
	}

	/** Leaves a task for the loop. Drops the socket if the task throws. Any thread. */
	void execute(Runnable task) {
		this.loop.execute(new IoWork.Task(this, task));
	}

	@Override
	public void run() {
		int ready = this.interest.ready();
		if ((ready & SelectionKey.OP_WRITE) != 0) {
			this.interest.unblock();
			this.timer.flowing();
			this.outbound.writable();
			updateInterest();
		}
		if ((ready & SelectionKey.OP_READ) != 0) {
			read();
		}
	}

	private void read() {
		try {
			boolean more = this.inbound.isWanted();
			while (more && !isGone()) {
				ByteBuffer in = this.loop.memory().in(protocol().expected());
				int count = this.inbound.read(in);
				if (count < 0) {
					endInput();
					return;
				}
				this.timer.heard();
				boolean begun = beginBatch();
				try {
					this.inbound.receive(in.flip());
				}
				finally {
					if (begun) {
						this.loop.batch().end();
					}
				}
				if (!begun && !isGone() && this.transport.isAnswering()) {
					blocked();
				}
				more = this.transport.hasMore() && this.inbound.isWanted();
			}
			updateInterest();
		}
		catch (IOException ex) {
			this.link.failed(ex);
		}
	}

	@Override
	public void proxied(@Nullable InetSocketAddress client) {
		this.remoteAddress = client;
	}

	@Override
	public void readAgain() {
		execute(this::read);
	}

	/** Begins a batch, whose frames leave in one write; false if there is one already. */
	boolean beginBatch() {
		return this.loop.batch().begin(this);
	}

	/** Hands the pending bytes to the protocol, and ends the batch. */
	void endBatch(boolean begun) {
		try {
			this.inbound.receivePending();
		}
		finally {
			if (begun) {
				this.loop.batch().end();
			}
		}
		updateInterest();
	}

	void pause(Pause why) {
		this.inbound.pause(why);
		updateInterest();
	}

	void resume(Pause why) {
		if (!isGone() && this.inbound.resume(why)) {
			this.timer.heard();
			endBatch(beginBatch());
		}
	}

	/** Has the selector watch what is wanted now, and reports the memory held. */
	private void updateInterest() {
		this.inbound.tell();
		if (!isGone() && this.interest.update(this.inbound.isWanted() && !this.transport.isBusy())
				&& this.transport.hasMore()) {
			readAgain();
		}
	}

	/** Starts the close timeout, which replaces all other deadlines. */
	void closing() {
		this.timer.closing();
		if (this.inbound.hasPending()) {
			// later, as another connection's callback may be running
			execute(() -> endBatch(beginBatch()));
		}
		updateInterest();
	}

	/** Ends our half of the connection as soon as all bytes have been written. */
	void endOutput() {
		if (this.state == ConnectionState.OPEN) {
			this.state = ConnectionState.FLUSHING;
			closing();
			this.outbound.finish();
		}
	}

	void outputWritten() {
		this.state = ConnectionState.HALF_CLOSED;
		try {
			if (this.inbound.hasEnded()) {
				drop();
			}
			else if (!this.transport.endOutput()) {
				blocked();
			}
		}
		catch (IOException ex) {
			drop(); // reset by the peer
		}
	}

	/** The peer has ended its half of the connection. */
	private void endInput() {
		this.inbound.ended();
		protocol().endOfInput();
		if (this.state == ConnectionState.FLUSHING) {
			updateInterest();
		}
		else {
			drop();
		}
	}

	/** Closes the socket at once. Repeated calls do nothing. */
	@Override
	public void drop() {
		if (isGone()) {
			return;
		}
		this.state = ConnectionState.CLOSED;
		this.timer.endLater();
		this.inbound.end();
		try {
			protocol().endOfInput();
			this.lifecycle.gone();
			this.timer.end();
		}
		finally {
			this.server.capacity().removeSocket();
			LOG.close(this.transport);
			this.outbound.discard();
		}
	}

	/** The socket takes no bytes for now: waits until it is writable. */
	void blocked() {
		if (this.interest.block()) {
			this.timer.stalled();
			updateInterest();
		}
	}

}
