package io.wsboot.handshake;

import java.nio.ByteBuffer;

import io.wsboot.Headers;
import io.wsboot.Headers.Field;
import org.jspecify.annotations.Nullable;

import static io.wsboot.handshake.MalformedRequest.badRequest;

/**
 * Reads the head of one request, however its bytes are cut into pieces, up to and
 * including the empty line: frames follow. Strict where RFC 9112 lets a server choose, as
 * attackers get past a proxy by requests that can be read in two ways. A fault is found
 * at its first byte. Not thread-safe. A reader that has returned a head or thrown must
 * not be used again.
 */
public final class RequestReader {

	private static final int CRLF_LENGTH = 2;

	private final HandshakeLimits limits;

	private final HeadBytes bytes;

	private final RequestLineScanner requestLine;

	private final FieldLineScanner fieldLine = new FieldLineScanner();

	/** Where the header lines begin; 0 while the request line is read. */
	private int fieldsStart;

	private int fieldCount;

	private boolean afterCr;

	private boolean inEmptyLine;

	private boolean over;

	/**
	 * Creates a reader for one request.
	 * @param limits how much the reader accepts
	 */
	public RequestReader(HandshakeLimits limits) {
		this.limits = limits;
		long longest = (long) limits.maxRequestLine() + CRLF_LENGTH + limits.maxHeadersSize() + CRLF_LENGTH;
		this.bytes = new HeadBytes((int) Math.min(longest, Integer.MAX_VALUE));
		this.requestLine = new RequestLineScanner(this.bytes);
	}

	/**
	 * Takes bytes until the head is complete or the buffer is empty. The buffer is not
	 * kept.
	 * @param in bytes from position to limit; bytes behind the head stay in the buffer
	 * @return the head, or null if more bytes are needed
	 * @throws MalformedRequest if the request must be refused; later bytes must not be
	 * parsed
	 * @throws IllegalStateException if a head has been returned, or a request refused
	 */
	public @Nullable RequestHead read(ByteBuffer in) throws MalformedRequest {
		if (this.over) {
			throw new IllegalStateException("the head has been read");
		}
		this.over = true; // so it is, unless the loop ends for want of bytes
		this.bytes.add(in);
		try {
			while (this.bytes.hasNext()) {
				if (endsHead(this.bytes.next())) {
					return head();
				}
			}
		}
		finally {
			this.bytes.giveBack(in);
		}
		this.over = false;
		return null;
	}

	/**
	 * How much memory the head takes.
	 * @return the size in bytes of a head that is complete; at most twice the bytes that
	 * have come, or 64, of one that is not
	 */
	public int held() {
		return this.over ? this.bytes.size() : this.bytes.capacity();
	}

	private boolean endsHead(int b) {
		if (this.afterCr) {
			if (b != '\n') {
				throw badRequest("a CR without LF (RFC 9112 §2.2)");
			}
			this.afterCr = false;
			return endLine();
		}
		switch (b) {
			case '\r' -> {
				beforeEndOfLine();
				this.afterCr = true;
			}
			case '\n' -> throw badRequest("an LF without CR (RFC 9112 §2.2)");
			default -> inLine(b);
		}
		return false;
	}

	/** Judges a byte, and skips the bytes behind it that the scanner need not judge. */
	private void inLine(int b) {
		if (this.fieldsStart == 0) {
			if (this.bytes.index() >= this.limits.maxRequestLine()) {
				throw new MalformedRequest(414, "a request line above the limit (RFC 9112 §3)");
			}
			this.requestLine.accept(b);
			this.bytes.skip(this.requestLine.run(), this.limits.maxRequestLine());
		}
		else {
			if (this.fieldLine.atStart() && ++this.fieldCount > this.limits.maxHeaders()) {
				throw new MalformedRequest(431, "more header lines than the limit (RFC 6585 §5)");
			}
			this.fieldLine.accept(b);
			checkSizeOfFields();
			this.bytes.skip(this.fieldLine.run(), (long) this.fieldsStart + this.limits.maxHeadersSize());
		}
	}

	private void beforeEndOfLine() {
		if (this.fieldsStart == 0) {
			this.requestLine.end();
		}
		else if (this.fieldLine.atStart()) {
			this.inEmptyLine = true;
		}
		else {
			this.fieldLine.end();
			checkSizeOfFields();
		}
	}

	private boolean endLine() {
		if (this.fieldsStart == 0) {
			this.fieldsStart = this.bytes.index() + 1;
		}
		else if (!this.inEmptyLine) {
			checkSizeOfFields();
		}
		return this.inEmptyLine;
	}

	private void checkSizeOfFields() {
		if (this.bytes.index() - this.fieldsStart >= this.limits.maxHeadersSize()) {
			throw new MalformedRequest(431, "headers above the limit (RFC 6585 §5)");
		}
	}

	private RequestHead head() {
		RequestTarget target = this.requestLine.target();
		int minorVersion = this.requestLine.minorVersion();
		Headers headers = this.bytes.headers(this.fieldsStart, this.bytes.index() + 1 - CRLF_LENGTH);
		FieldRules.check(minorVersion, headers);
		if (target.authority() != null) {
			headers = withHost(headers, target.authority());
		}
		return new RequestHead(this.requestLine.method(), target.path(), target.query(),
				this.requestLine.majorVersion(), minorVersion, headers);
	}

	/** Replaces the {@code Host} field by the target's host (RFC 9112 §3.2.2). */
	private static Headers withHost(Headers headers, String host) {
		return Headers.of(headers.fields()
			.stream()
			.map((field) -> field.name().equalsIgnoreCase("Host") ? new Field(field.name(), host) : field)
			.toList());
	}

}
