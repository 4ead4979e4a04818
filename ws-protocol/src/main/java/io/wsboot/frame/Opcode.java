package io.wsboot.frame;

import org.jspecify.annotations.Nullable;

/**
 * The kind of a frame (RFC 6455 §5.2, §11.8).
 */
public enum Opcode {

	CONTINUATION(0x0), TEXT(0x1), BINARY(0x2), CLOSE(0x8), PING(0x9), PONG(0xA);

	private static final @Nullable Opcode[] BY_CODE = new @Nullable Opcode[16];

	static {
		for (Opcode opcode : values()) {
			BY_CODE[opcode.code] = opcode;
		}
	}

	private final int code;

	Opcode(int code) {
		this.code = code;
	}

	/**
	 * The number that stands for this opcode on the wire.
	 * @return 0 to 15
	 */
	public int code() {
		return this.code;
	}

	/**
	 * Whether frames of this kind may stand between the fragments of a message (RFC 6455
	 * §5.5).
	 * @return true for Close, Ping and Pong
	 */
	public boolean isControl() {
		return this.code >= 0x8;
	}

	/**
	 * Whether the first frame of a message has this opcode.
	 * @return true for Text and Binary
	 */
	public boolean beginsMessage() {
		return this == TEXT || this == BINARY;
	}

	/**
	 * Finds an opcode by its number.
	 * @param code 0 to 15
	 * @return the opcode; null if the number is reserved
	 */
	static @Nullable Opcode of(int code) {
		return BY_CODE[code];
	}

}
