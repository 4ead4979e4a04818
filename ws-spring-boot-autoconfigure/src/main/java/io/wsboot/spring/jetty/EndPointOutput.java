package io.wsboot.spring.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;

import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/**
 * What leaves through an end point. The end point tells that its socket takes bytes again
 * only to somebody whose bytes it holds; so a copy of some bytes that the socket has not
 * taken is left with the end point, which sends the copy unasked.
 *
 * <pre>
 *           the socket takes less than write() has
 *    free ------------------------------------------> holding
 *     ^                                                  |
 *     +--------------------------------------------------+
 *                the end point has sent all
 * </pre>
 *
 * Any thread may call all methods; a lock guards the fields.
 */
final class EndPointOutput {

	/** How many bytes the end point holds at most, beside the TLS records it has made. */
	private static final int MOST = 64 * 1024;

	private final EndPoint endPoint;

	private final Runnable writable;

	private final Callback sent;

	/** Whether the end point holds bytes; who waits for the end of that. */
	private boolean holding, watched, ends;

	/**
	 * Creates an output that holds nothing.
	 * @param endPoint the end point
	 * @param writable called once for each {@link #watch}
	 * @param broken called when bytes cannot be sent
	 */
	EndPointOutput(EndPoint endPoint, Runnable writable, Runnable broken) {
		this.endPoint = endPoint;
		this.writable = writable;
		this.sent = Callback.from(InvocationType.NON_BLOCKING, this::sent, (cause) -> broken.run());
	}

	synchronized int write(ByteBuffer from) throws IOException {
		if (this.holding) {
			return 0;
		}
		int start = from.position();
		if (!this.endPoint.flush(from)) {
			this.holding = true;
			this.endPoint.write(this.sent, copy(from));
		}
		return from.position() - start;
	}

	private static ByteBuffer copy(ByteBuffer from) {
		int count = Math.min(from.remaining(), MOST);
		ByteBuffer copy = ByteBuffer.allocate(count).put(from.slice().limit(count)).flip();
		from.position(from.position() + count);
		return copy;
	}

	synchronized boolean isFlushed() {
		return !this.holding;
	}

	/** Has {@code writable} called as soon as the end point holds nothing. */
	synchronized void watch() {
		if (this.holding) {
			this.watched = true;
		}
		else {
			this.writable.run();
		}
	}

	/** Ends the output as soon as the end point holds nothing. */
	synchronized void end() {
		if (this.holding) {
			this.ends = true;
		}
		else {
			this.endPoint.shutdownOutput();
		}
	}

	private synchronized void sent() {
		this.holding = false;
		if (this.watched) {
			this.watched = false;
			this.writable.run();
		}
		if (this.ends) {
			this.endPoint.shutdownOutput();
		}
	}

}
