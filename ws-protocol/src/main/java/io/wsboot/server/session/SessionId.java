package io.wsboot.server.session;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * The name of a session, which nobody can guess: 128 random bits. As text only once
 * somebody asks for it, which for most sessions nobody does. Any thread.
 */
final class SessionId {

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final HexFormat HEX = HexFormat.of();

	private final long high;

	private final long low;

	/** Whoever makes it makes the same, so it does not matter who is first. */
	private @Nullable String text;

	private SessionId(ByteBuffer bits) {
		this.high = bits.getLong();
		this.low = bits.getLong();
	}

	static SessionId next() {
		byte[] bits = new byte[2 * Long.BYTES];
		RANDOM.nextBytes(bits);
		return new SessionId(ByteBuffer.wrap(bits));
	}

	/** The one with such a text; null if no session could have it. */
	static @Nullable SessionId parse(String text) {
		try {
			SessionId id = new SessionId(ByteBuffer.wrap(HEX.parseHex(text)));
			return text.equals(id.toString()) ? id : null; // no capitals, nothing behind
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
