package io.wsboot.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** One open connection of the load. */
final class LoadConnection {

	private final Wire wire;

	private final FrameStream requests;

	private final Replies replies;

	private final SelectionKey key;

	private int at;

	/** Which of the requests is the next that is asked for. */
	private int next;

	private long unsent;

	LoadConnection(Wire wire, FrameStream requests, Replies replies, Selector selector) throws IOException {
		this.wire = wire;
		this.requests = requests;
		this.replies = replies;
		this.key = wire.channel().configureBlocking(false).register(selector, SelectionKey.OP_READ, this);
	}

	/** Sends some more requests, as soon as the socket takes them. */
	void send(int count) throws IOException {
		for (int i = 0; i < count; i++) {
			this.unsent += this.requests.frameSize(this.next);
			this.next = (this.next + 1) % this.requests.kinds();
		}
		write();
	}

	void write() throws IOException {
		boolean whole = this.wire.flush();
		while (whole && this.unsent > 0) {
			ByteBuffer bytes = this.requests.from(this.at, this.unsent);
			int offered = bytes.remaining();
			this.wire.write(bytes);
			int count = offered - bytes.remaining();
			this.at = (this.at + count) % this.requests.period();
			this.unsent -= count;
			whole = !bytes.hasRemaining() && this.wire.flush();
		}
		int interest = whole ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
		if (this.key.interestOps() != interest) {
			this.key.interestOps(interest);
		}
	}

	/** Reads once, and returns how many replies are complete. */
	int read(ByteBuffer buffer) throws IOException {
		if (this.wire.read(buffer.clear()) < 0) {
			throw new WrongReplyException("the server closed a connection");
		}
		return this.replies.accept(buffer.flip());
	}

	boolean readable() {
		return this.key.isReadable();
	}

	boolean writable() {
		return this.key.isWritable();
	}

}
