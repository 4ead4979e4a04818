package io.wsboot.server.connection;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedSelectorException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.wsboot.Headers;
import io.wsboot.protocol.Agreement;
import io.wsboot.server.handshake.AcceptedHandshake;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.loop.Log;
import io.wsboot.server.session.OpenPhase;
import org.jspecify.annotations.Nullable;

/**
 * Makes the connection of an accepted handshake that another server has answered: the
 * connection begins as an open session. Runs on the loop, unless the loop has ended.
 */
final class Adoption implements Runnable {

	private static final Log LOG = new Log();

	private final EventLoop loop;

	private final ServerContext server;

	private final AcceptedHandshake accepted;

	private final Agreement agreement;

	private final ConnectionSource source;

	private final ByteBuffer received;

	/** Whether {@link #run} or {@link #cancel} has been called first. */
	private final AtomicBoolean begun = new AtomicBoolean();

	/**
	 * An adoption that has not begun.
	 * @param source closed if nothing becomes of the connection
	 * @param received the bytes behind the request; the loop changes them
	 */
	Adoption(EventLoop loop, ServerContext server, AcceptedHandshake accepted, Agreement agreement,
			ConnectionSource source, ByteBuffer received) {
		this.loop = loop;
		this.server = server;
		this.accepted = accepted;
		this.agreement = agreement;
		this.source = source;
		this.received = received;
	}

	@Override
	public void run() {
		if (this.begun.compareAndSet(false, true)) {
			Connection connection = connect();
			if (connection != null) {
				open(connection);
			}
		}
	}

	/** Makes the connection; null if the peer is gone, or if the loop stops. */
	private @Nullable Connection connect() {
		try {
			return new Connection(this.loop, this.server, this.source, null);
		}
		catch (IOException | ClosedSelectorException ex) {
			giveUp();
			return null;
		}
		catch (Throwable ex) {
			giveUp();
			throw ex;
		}
	}

	private void open(Connection connection) {
		try {
			connection.lifecycle().opened(session(connection), this.agreement);
			begin(connection);
		}
		catch (Throwable ex) {
			LOG.log(Level.ERROR, "a connection that another server has handed over failed", ex);
			this.loop.abandon(connection);
		}
	}

	/** Makes the session, whose end gives back the room from here on. */
	private OpenPhase session(Connection connection) {
		boolean done = false;
		try {
			OpenPhase session = this.accepted.session(connection.link());
			connection.protocol().open(this.agreement, this.accepted.options(), this.accepted.limits(), session);
			done = true;
			return session;
		}
		finally {
			if (!done) {
				this.accepted.giveBack();
			}
		}
	}

	/** Calls {@code onOpen}, and receives the first frames, in one batch. */
	private void begin(Connection connection) {
		boolean batch = connection.beginBatch();
		try {
			connection.inbound().keepHead(size(this.accepted.request().headers()));
			connection.lifecycle().begin(this.accepted.decision().expiry());
			connection.inbound().receive(this.received.order(ByteOrder.LITTLE_ENDIAN));
		}
		finally {
			connection.endBatch(batch);
		}
		if (connection.transport().hasMore()) {
			connection.readAgain();
		}
	}

	/** Bytes of memory that the session keeps for the request. */
	private static int size(Headers headers) {
		return headers.fields().stream().mapToInt((field) -> field.name().length() + field.value().length()).sum();
	}

	/** Gives everything back, as the loop has ended. Any thread. */
	void cancel() {
		if (this.begun.compareAndSet(false, true)) {
			giveUp();
		}
	}

	private void giveUp() {
		LOG.close(this.source);
		this.server.capacity().removeSocket();
		this.accepted.giveBack();
	}

}
