package io.wsboot.spring.reactor;

import io.netty.buffer.ByteBuf;

/**
 * Finds the empty line that ends the head of a request (RFC 9112 §2.1), in bytes that
 * come in pieces.
 */
final class HeadEnd {

	/** What the current line has held so far. */
	private enum Line {

		EMPTY, ONLY_CR, TEXT

	}

	private Line line = Line.EMPTY;

	/**
	 * Looks for the end of the head in the next piece.
	 * @param bytes the piece, of which nothing is consumed
	 * @return how many readable bytes belong to the head; -1 if the head goes on behind
	 * them
	 */
	int find(ByteBuf bytes) {
		int next = bytes.readerIndex();
		int end = bytes.writerIndex();
		while (next < end) {
			if (this.line == Line.TEXT) {
				next = bytes.indexOf(next, end, (byte) '\n');
				if (next < 0) {
					return -1;
				}
			}
			byte octet = bytes.getByte(next++);
			if (octet == '\n') {
				boolean empty = this.line != Line.TEXT;
				this.line = Line.EMPTY;
				if (empty) {
					return next - bytes.readerIndex();
				}
			}
			else {
				this.line = (octet == '\r' && this.line == Line.EMPTY) ? Line.ONLY_CR : Line.TEXT;
			}
		}
		return -1;
	}

}
