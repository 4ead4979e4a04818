package io.wsboot.server.session;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * The id of a session: 128 random bits, which nobody can guess. The text is made when it
 * is first asked for, as most sessions never need it. Any thread.
 */
final class SessionId {

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final HexFormat HEX = HexFormat.of();

	private final long high;

	private final long low;

	/** The id as text; null before. Racing threads make equal texts. */
	private @Nullable String text;

	private SessionId(ByteBuffer bits) {
		this.high = bits.getLong();
		this.low = bits.getLong();
	}

	/** A new id. */
	static SessionId next() {
		byte[] bits = new byte[2 * Long.BYTES];
		RANDOM.nextBytes(bits);
		return new SessionId(ByteBuffer.wrap(bits));
	}

	/** The id with a text; null if no session can have such an id. */
	static @Nullable SessionId parse(String text) {
		try {
			SessionId id = new SessionId(ByteBuffer.wrap(HEX.parseHex(text)));
			return text.equals(id.toString()) ? id : null; // neither capitals nor a tail
		}
		catch (IllegalArgumentException | BufferUnderflowException ex) {
			return null;
		}
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof SessionId that && this.high == that.high && this.low == that.low;
	}

	@Override
	public int hashCode() {
		return (int) this.low;
	}

	@Override
	public String toString() {
		String text = this.text;
		if (text == null) {
			text = HEX.toHexDigits(this.high) + HEX.toHexDigits(this.low);
			this.text = text;
		}
		return text;
	}

}
