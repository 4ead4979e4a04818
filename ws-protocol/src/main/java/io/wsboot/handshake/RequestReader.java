package io.wsboot.handshake;

import java.nio.ByteBuffer;

import io.wsboot.Headers;
import io.wsboot.Headers.Field;
import org.jspecify.annotations.Nullable;

import static io.wsboot.handshake.MalformedRequest.badRequest;

/**
 * Reads the head of one request, in whatever pieces it comes, up to and including its
 * empty line: what follows are frames. Strict where RFC 9112 lets a server choose, as two
 * readings of one request are how attackers get past a proxy. A fault is found at its
 * first byte. For one thread; of no more use once it has returned a head or thrown.
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
	 * A reader for one request.
	 * @param limits how much it may take
	 */
	public RequestReader(HandshakeLimits limits) {
		this.limits = limits;
		long longest = (long) limits.maxRequestLine() + CRLF_LENGTH + limits.maxHeadersSize() + CRLF_LENGTH;
		this.bytes = new HeadBytes((int) Math.min(longest, Integer.MAX_VALUE));
		this.requestLine = new RequestLineScanner(this.bytes);
	}

	/**
	 * Takes bytes until the head is complete or the buffer empty. They are not kept.
	 * @param in bytes from position to limit; what is behind the head stays
	 * @return the head, or null if more bytes are needed
	 * @throws MalformedRequest if the request must be refused; later bytes must not be
	 * parsed
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
	 * How much memory the head takes, or so far.
	 * @return bytes: those of a head that is complete, at most twice as many as have come
	 * of one that is not
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

	/** The rest of a run of bytes that the scanner has nothing to say to is skipped. */
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

	/**
	 * RFC 9112 §3.2.2: the host of the target replaces that of the field.
	 */
	private static Headers withHost(Headers headers, String host) {
		return Headers.of(headers.fields()
			.stream()
			.map((field) -> field.name().equalsIgnoreCase("Host") ? new Field(field.name(), host) : field)
			.toList());
	}

}
