package io.wsboot.benchmarks.server;

import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/** What the {@link BareLoop} must remember of a connection between two reads. */
final class BareConnection {

	final SocketChannel channel;

	/** Has asked for {@link EchoServer#FANOUT} just now. */
	boolean joins;

	boolean member;

	/** The request so far; null once it is answered. */
	private @Nullable StringBuilder request = new StringBuilder();

	private final ByteBuffer header = ByteBuffer.allocate(14);

	private long left;

	/** Turned so that its lowest byte belongs to the next byte. */
	private int key;

	BareConnection(SocketChannel channel) {
		this.channel = channel;
	}

	/** Answers what was read: as much is written as is read, or less. */
	void take(ByteBuffer in, ByteBuffer out) {
		if (this.request != null) {
			shakeHands(this.request, in, out);
		}
		while (in.hasRemaining()) {
			if (this.left == 0) {
				readHeader(in, out);
			}
			unmask(in, out);
		}
	}

	private void shakeHands(StringBuilder request, ByteBuffer in, ByteBuffer out) {
		while (in.hasRemaining()) {
			request.append((char) in.get());
			if (request.length() > 4 && request.indexOf("\r\n\r\n", request.length() - 4) > 0) {
				this.joins = request.indexOf(EchoServer.FANOUT) == 4;
				out.put(BareHandshake.answer(request.toString()).getBytes(StandardCharsets.US_ASCII));
				this.request = null;
				return;
			}
		}
	}

	private void readHeader(ByteBuffer in, ByteBuffer out) {
		do {
			this.header.put(in.get());
		}
		while (in.hasRemaining() && !complete());
		if (!complete()) {
			return;
		}
		int form = this.header.get(1) & 0x7F;
		int size = this.header.position() - 4;
		this.left = (form < 126) ? form : (form == 126) ? this.header.getShort(2) & 0xFFFF : this.header.getLong(2);
		this.key = Integer.reverseBytes(this.header.getInt(size));
		this.header.put(1, (byte) form);
		out.put(this.header.array(), 0, size);
		this.header.clear();
	}

	private boolean complete() {
		int form = (this.header.position() > 1) ? this.header.get(1) & 0x7F : 127;
		return this.header.position() == ((form < 126) ? 6 : (form == 126) ? 8 : 14);
	}

	private void unmask(ByteBuffer in, ByteBuffer out) {
		int count = (int) Math.min(this.left, in.remaining());
		int from = in.position();
		int to = out.position();
		long wide = (this.key & 0xFFFF_FFFFL) | ((long) this.key << 32);
		int i = 0;
		for (; i <= count - 8; i += 8) {
			out.putLong(to + i, in.getLong(from + i) ^ wide);
		}
		for (; i < count; i++) {
			out.put(to + i, (byte) (in.get(from + i) ^ (this.key >>> ((i & 3) << 3))));
		}
		in.position(from + count);
		out.position(to + count);
		this.key = Integer.rotateRight(this.key, (count & 3) << 3);
		this.left -= count;
	}

}
