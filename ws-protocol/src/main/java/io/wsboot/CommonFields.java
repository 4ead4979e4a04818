package io.wsboot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

import io.wsboot.Headers.Field;

/**
 * The dictionary of {@link FieldBytes}: fields that browsers send with nearly every
 * opening handshake, and usual names of fields, the names of those fields among them.
 * {@link FieldBytes} keeps the number of a field or name instead of its text.
 */
final class CommonFields {

	private static final Field[] FIELDS = { new Field("Upgrade", "websocket"), new Field("Connection", "Upgrade"),
			new Field("Connection", "keep-alive, Upgrade"), new Field("Sec-WebSocket-Version", "13"),
			new Field("Pragma", "no-cache"), new Field("Cache-Control", "no-cache"), new Field("Accept", "*/*"),
			new Field("Accept-Encoding", "gzip, deflate"), new Field("Accept-Encoding", "gzip, deflate, br"),
			new Field("Accept-Encoding", "gzip, deflate, br, zstd"), new Field("Accept-Language", "en-US,en;q=0.9"),
			new Field("Accept-Language", "en-US,en;q=0.5"),
			new Field("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits"),
			new Field("Sec-WebSocket-Extensions", "permessage-deflate"), new Field("Sec-Fetch-Dest", "empty"),
			new Field("Sec-Fetch-Dest", "websocket"), new Field("Sec-Fetch-Mode", "websocket"),
			new Field("Sec-Fetch-Site", "same-origin"), new Field("Sec-Fetch-Site", "same-site"),
			new Field("Sec-Fetch-Site", "cross-site"), new Field("X-Forwarded-Proto", "https"),
			new Field("X-Forwarded-Proto", "http"), new Field("DNT", "1"), new Field("Sec-GPC", "1") };

	private static final String[] NAMES = { "Host", "Origin", "User-Agent", "Cookie", "Sec-WebSocket-Key",
			"Sec-WebSocket-Protocol", "Sec-WebSocket-Version", "Sec-WebSocket-Extensions", "Upgrade", "Connection",
			"Pragma", "Cache-Control", "Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Referer",
			"Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Proto",
			"X-Real-IP", "X-Request-ID", "traceparent", "tracestate", "Sec-Fetch-Dest", "Sec-Fetch-Mode",
			"Sec-Fetch-Site", "DNT", "Sec-GPC" };

	private static final byte[][] NAME_BYTES = new byte[NAMES.length][];

	private static final byte[][] VALUES = new byte[FIELDS.length][];

	private static final int[] NAMES_OF_FIELDS = new int[FIELDS.length];

	/** The numbers of the fields of each name. */
	private static final int[][] FIELDS_OF_NAMES = new int[NAMES.length][];

	/**
	 * Hash table of names: each is at its {@link #slot}, or the next one that is free.
	 */
	private static final byte[] SLOTS = new byte[256];

	static {
		Arrays.fill(SLOTS, (byte) -1);
		for (int name = 0; name < NAMES.length; name++) {
			byte[] bytes = NAMES[name].getBytes(StandardCharsets.US_ASCII);
			NAME_BYTES[name] = bytes;
			int slot = slot(bytes, 0, bytes.length);
			while (SLOTS[slot] >= 0) {
				slot = (slot + 1) & 0xFF;
			}
			SLOTS[slot] = (byte) name;
			String text = NAMES[name];
			FIELDS_OF_NAMES[name] = IntStream.range(0, FIELDS.length)
				.filter((field) -> FIELDS[field].name().equals(text))
				.toArray();
			for (int field : FIELDS_OF_NAMES[name]) {
				NAMES_OF_FIELDS[field] = name;
				VALUES[field] = FIELDS[field].value().getBytes(StandardCharsets.US_ASCII);
			}
		}
	}

	private CommonFields() {
	}

	/** The hash of a name, 0 to 255, which differs for most names of the dictionary. */
	private static int slot(byte[] bytes, int from, int to) {
		return (31 * (to - from) + 5 * bytes[from] + bytes[to - 1]) & 0xFF;
	}

	/**
	 * The number of a name that is not empty; -1 if the dictionary lacks this spelling.
	 */
	static int numberOfName(byte[] bytes, int from, int to) {
		for (int slot = slot(bytes, from, to);; slot = (slot + 1) & 0xFF) {
			int name = SLOTS[slot];
			if (name < 0 || Arrays.equals(NAME_BYTES[name], 0, NAME_BYTES[name].length, bytes, from, to)) {
				return name;
			}
		}
	}

	/** The number of a field with a name and a value; -1 if the dictionary lacks it. */
	static int numberOf(int name, byte[] bytes, int valueStart, int valueEnd) {
		for (int field : FIELDS_OF_NAMES[name]) {
			if (Arrays.equals(VALUES[field], 0, VALUES[field].length, bytes, valueStart, valueEnd)) {
				return field;
			}
		}
		return -1;
	}

	static Field field(int number) {
		return FIELDS[number];
	}

	static int nameOfField(int number) {
		return NAMES_OF_FIELDS[number];
	}

	static String name(int number) {
		return NAMES[number];
	}

	static byte[] nameBytes(int number) {
		return NAME_BYTES[number];
	}

}
