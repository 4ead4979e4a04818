package io.wsboot.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A socket, perhaps with TLS. */
interface Wire {

	SocketChannel channel();

	/**
	 * Reads what is there and fits.
	 * @return bytes read, 0 if there is nothing, -1 at the end
	 */
	int read(ByteBuffer to) throws IOException;

	/** Writes what is taken; the rest stays in the buffer. */
	void write(ByteBuffer from) throws IOException;

	/** Whether everything taken is in the socket. */
	boolean flush() throws IOException;

}
