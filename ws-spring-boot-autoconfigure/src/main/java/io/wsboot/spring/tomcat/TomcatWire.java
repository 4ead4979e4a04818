package io.wsboot.spring.tomcat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;

import io.wsboot.server.spi.Upgrade;
import io.wsboot.server.spi.Wire;
import io.wsboot.server.spi.WireEvents;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Speaks through Tomcat's {@link SocketWrapperBase}, which every connector has. Tomcat
 * goes on counting the connection, and keeps its buffers.
 * <p>
 * A lock guards Tomcat's buffers: the server's loop reads while another thread writes,
 * TLS writes while it reads, and Tomcat gives the buffers to another connection as soon
 * as this one is closed. The lock is not held while Tomcat is asked for an event or for
 * closing, as Tomcat may then take the connection's own lock, under which it calls
 * {@link #dispatch}.
 * <p>
 * Tomcat does not call {@code destroy()} if it closes the connection while another thread
 * dispatches an event ({@code ConnectionHandler.release} finds no processor). Hence every
 * dispatch tells the server, which then watches again, and {@link #watch} looks behind
 * the dispatch whether the connection is still open.
 */
final class TomcatWire implements Wire {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private final SocketWrapperBase<?> connection;

	private final OpenWires open;

	/** Whether records of TLS may wait between the socket and Tomcat's read buffer. */
	private final boolean secure;

	private final Object lock = new Object();

	/** Null until the server has adopted the wire. Guarded by the lock, as all below. */
	private @Nullable WireEvents events;

	/** Whether the last read may have left bytes that no event will tell of. */
	private boolean more;

	/** Whether the server waits for room, and has not been told of any. */
	private boolean blocked;

	/** Whether bytes wait for the socket, and Tomcat will tell of room. */
	private boolean flushing;

	/** Whether no more bytes are read, as the peer has been sent all there is. */
	private boolean ended;

	/** Whether Tomcat's buffers are not ours any more. */
	private boolean closed;

	TomcatWire(SocketWrapperBase<?> connection, OpenWires open) {
		this.connection = connection;
		this.open = open;
		this.secure = connection.getSslSupport() != null;
	}

	/** Hands the wire over. Nobody else uses the wire before its events are there. */
	void begin(Upgrade upgrade) {
		synchronized (this.lock) {
			this.events = upgrade.adopt(this, SocketTakeOver.received(this.connection));
			if (!this.closed) {
				this.open.add(this.events, this.connection);
			}
		}
	}

	/** An event of Tomcat's, which holds the connection's own lock. */
	SocketState dispatch(SocketEvent event) {
		return switch (event) {
			case OPEN_READ -> {
				tell(SelectionKey.OP_READ);
				yield SocketState.SUSPENDED; // or Tomcat would watch, wanted or not
			}
			case OPEN_WRITE -> {
				writable();
				yield SocketState.SUSPENDED;
			}
			case ERROR -> {
				if (!(this.connection.getError() instanceof EOFException)) {
					yield SocketState.CLOSED;
				}
				tell(SelectionKey.OP_READ); // the end of the input, as NIO2 tells it
				yield SocketState.SUSPENDED;
			}
			case TIMEOUT -> SocketState.SUSPENDED; // the server has timeouts of its own
			case STOP, DISCONNECT, CONNECT_FAIL -> SocketState.CLOSED;
		};
	}

	private void tell(int operations) {
		synchronized (this.lock) {
			if (this.events != null) {
				this.events.ready(operations);
			}
		}
	}

	/** The socket takes bytes again, or fails. Ends NIO2's notification, too. */
	private void writable() {
		boolean waiting;
		synchronized (this.lock) {
			waiting = !this.closed && isWaiting();
			this.flushing = waiting;
			boolean room = !waiting && this.blocked;
			this.blocked &= !room;
			tell(SelectionKey.OP_READ | (room ? SelectionKey.OP_WRITE : 0));
		}
		if (waiting) {
			this.connection.registerWriteInterest();
		}
	}

	private boolean isWaiting() {
		try {
			return this.connection.flush(false);
		}
		catch (IOException ex) {
			return false; // the server meets the same error when it reads or writes
		}
	}

	@Override
	public int read(ByteBuffer into) throws IOException {
		int limit = into.limit();
		synchronized (this.lock) {
			if (this.ended) {
				return -1;
			}
			checkOpen();
			try {
				int count = this.connection.read(false, into);
				this.more = count > 0 && (this.secure || !this.connection.getSocketBufferHandler().isReadBufferEmpty());
				return count;
			}
			catch (EOFException ex) {
				return -1;
			}
			finally {
				into.limit(limit); // Tomcat lowers the limit
			}
		}
	}

	@Override
	public int write(ByteBuffer from) throws IOException {
		int start = from.position();
		send(from);
		return from.position() - start;
	}

	@Override
	public boolean flush() throws IOException {
		return send(NOTHING.duplicate());
	}

	/**
	 * Sends what waits, and then a buffer of Tomcat's at a time, so that Tomcat's
	 * overflow stays empty.
	 * @return whether the socket has taken all bytes that Tomcat has taken; if not,
	 * Tomcat will tell
	 */
	private boolean send(ByteBuffer from) throws IOException {
		int limit = from.limit();
		boolean waiting;
		boolean ask;
		synchronized (this.lock) {
			checkOpen();
			waiting = this.connection.flush(false);
			while (!waiting && from.hasRemaining() && this.connection.canWrite()) {
				int room = this.connection.getSocketBufferHandler().getWriteBuffer().capacity();
				if (room == 0) {
					throw new ClosedChannelException(); // closed by Tomcat right now
				}
				from.limit(Math.min(limit, from.position() + room));
				try {
					this.connection.write(false, from);
				}
				finally {
					from.limit(limit);
				}
				waiting = this.connection.flush(false);
			}
			ask = waiting && !this.flushing;
			this.flushing |= waiting;
		}
		if (ask) {
			this.connection.registerWriteInterest();
		}
		return !waiting;
	}

	@Override
	public void watch(int operations) {
		boolean read = (operations & SelectionKey.OP_READ) != 0;
		boolean write = (operations & SelectionKey.OP_WRITE) != 0;
		synchronized (this.lock) {
			if (read && (this.more || this.ended || this.closed)) {
				this.more = false;
				read = false;
				tell(SelectionKey.OP_READ);
			}
			if (write) {
				write = !this.flushing; // else Tomcat has been asked
				this.flushing = true;
				this.blocked = true;
			}
		}
		register(read, write);
	}

	private void register(boolean read, boolean write) {
		this.connection.getLock().lock(); // waits for a dispatch to end
		try {
			if (read) {
				this.connection.registerReadInterest();
			}
			if (write) {
				this.connection.registerWriteInterest();
			}
		}
		finally {
			this.connection.getLock().unlock();
		}
		if (this.connection.isClosed()) {
			tell(SelectionKey.OP_READ | SelectionKey.OP_WRITE); // the server sees it, too
		}
	}

	/**
	 * Ends the output of a plain socket of NIO. Other connectors know no half-closed
	 * connections: the server is told that the peer has ended, too, and closes.
	 */
	@Override
	public void endOutput() throws IOException {
		synchronized (this.lock) {
			checkOpen();
			if (this.connection instanceof NioSocketWrapper nio && nio.getSocket().getClass() == NioChannel.class) {
				nio.getSocket().getIOChannel().shutdownOutput();
			}
			else {
				this.ended = true;
				tell(SelectionKey.OP_READ);
			}
		}
	}

	private void checkOpen() throws ClosedChannelException {
		if (this.closed || this.connection.isClosed()) {
			throw new ClosedChannelException();
		}
	}

	/** Waits for the threads that use Tomcat's buffers. */
	@Override
	public void close() {
		synchronized (this.lock) {
			this.closed = true;
			if (this.events != null) {
				this.open.remove(this.events);
			}
		}
		this.connection.close();
	}

	/** Tomcat closes the connection, and waits likewise. */
	void gone() {
		synchronized (this.lock) {
			this.closed = true;
			if (this.events != null) {
				this.events.gone();
			}
		}
	}

}
