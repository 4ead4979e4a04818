package io.wsboot.server.inbound;

import java.io.IOException;
import java.io.Reader;
import java.util.Objects;

/**
 * An incoming text message, read while it arrives.
 */
final class TextStream extends Reader {

	private final InboundStream message;

	private String part = "";

	private int next;

	TextStream(InboundStream message) {
		this.message = message;
	}

	@Override
	public int read() throws IOException {
		return hasNext() ? this.part.charAt(this.next++) : -1;
	}

	@Override
	public int read(char[] chars, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, chars.length);
		if (length == 0) {
			return 0;
		}
		if (!hasNext()) {
			return -1;
		}
		int count = Math.min(length, this.part.length() - this.next);
		this.part.getChars(this.next, this.next + count, chars, offset);
		this.next += count;
		return count;
	}

	private boolean hasNext() throws IOException {
		while (this.next == this.part.length()) {
			MessagePart next = this.message.take();
			if (next == null) {
				return false;
			}
			this.part = (String) next.content();
			this.next = 0;
		}
		return true;
	}

	@Override
	public boolean ready() {
		return this.next < this.part.length();
	}

	@Override
	public void close() {
		this.next = this.part.length();
		this.message.close();
	}

}
