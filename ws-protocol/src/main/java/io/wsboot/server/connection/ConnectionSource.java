package io.wsboot.server.connection;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;

import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.loop.IoHandle;
import io.wsboot.server.session.SessionLink;
import io.wsboot.server.transport.Transport;
import org.jspecify.annotations.Nullable;

/** Where the bytes of a new connection come from, and who watches for them. */
interface ConnectionSource extends Closeable {

	/** The connection, as far as its source is concerned. */
	interface Target extends IoHandle {

		/** The connection's loop. */
		EventLoop loop();

		/** What all connections share. */
		ServerContext server();

		/** Closes the connection in order, or drops the connection. */
		SessionLink link();

		/** A trusted proxy has named the client; null if the client is unknown. */
		void proxied(@Nullable InetSocketAddress client);

		/** There may be bytes to read that nobody else tells of. */
		void readAgain();

	}

	/** The address of the peer; null if the peer has none. */
	@Nullable InetSocketAddress remoteAddress();

	/** Makes the transport of the connection. */
	Transport transport(Target connection);

	/**
	 * Has the connection run when bytes have arrived.
	 * @return tells what the connection is ready for
	 * @throws IOException if the peer is gone
	 */
	SelectionKey register(Target connection) throws IOException;

	/** Closes what is open, as nothing becomes of the connection. */
	@Override
	void close() throws IOException;

}
