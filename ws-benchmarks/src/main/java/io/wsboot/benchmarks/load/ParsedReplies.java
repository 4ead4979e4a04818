package io.wsboot.benchmarks.load;

import java.nio.ByteBuffer;

/**
 * Replies that a server may send in as many frames as it likes, as some do with big
 * messages.
 */
final class ParsedReplies implements Replies {

	private final Payloads payloads;

	private final ByteBuffer[] expected;

	private final ByteBuffer header = ByteBuffer.allocate(10);

	private long left;

	private boolean inPayload;

	private int message;

	private int at;

	ParsedReplies(Payloads payloads) {
		this.payloads = payloads;
		this.expected = new ByteBuffer[payloads.messages().length];
		for (int i = 0; i < this.expected.length; i++) {
			this.expected[i] = ByteBuffer.wrap(payloads.messages()[i]);
		}
	}

	@Override
	public int accept(ByteBuffer in) {
		int complete = 0;
		while (in.hasRemaining()) {
			if (!this.inPayload) {
				readHeader(in);
			}
			if (this.inPayload) {
				compare(in);
				if (this.left == 0) {
					complete += endFrame();
				}
			}
		}
		return complete;
	}

	private void readHeader(ByteBuffer in) {
		this.header.put(in.get());
		int form = (this.header.position() >= 2) ? this.header.get(1) & 0x7F : 0;
		int size = (form == 127) ? 10 : (form == 126) ? 4 : 2;
		if (this.header.position() < size) {
			return;
		}
		int opcode = this.header.get(0) & 0x7F;
		int right = (this.at > 0) ? 0 : this.payloads.text() ? 1 : 2;
		if (opcode != right && !(opcode == 0 && this.at == 0)) {
			throw new WrongReplyException("a frame begins with " + Integer.toHexString(this.header.get(0) & 0xFF));
		}
		this.left = switch (form) {
			case 127 -> this.header.getLong(2);
			case 126 -> this.header.getShort(2) & 0xFFFF;
			default -> form;
		};
		this.inPayload = true;
	}

	private void compare(ByteBuffer in) {
		ByteBuffer right = this.expected[this.message];
		int count = (int) Math.min(this.left, in.remaining());
		if (count > right.capacity() - this.at) {
			throw new WrongReplyException("a reply is too long");
		}
		int end = in.limit();
		in.limit(in.position() + count);
		int wrong = in.mismatch(right.limit(this.at + count).position(this.at));
		if (wrong >= 0) {
			throw new WrongReplyException("byte " + (this.at + wrong) + " of a reply is wrong");
		}
		in.position(in.limit()).limit(end);
		this.at += count;
		this.left -= count;
	}

	private int endFrame() {
		boolean fin = (this.header.get(0) & 0x80) != 0;
		this.header.clear();
		this.inPayload = false;
		if (!fin) {
			return 0;
		}
		if (this.at != this.payloads.size()) {
			throw new WrongReplyException("a reply has " + this.at + " bytes");
		}
		this.at = 0;
		this.message = (this.message + 1) % this.expected.length;
		return 1;
	}

}
