package io.wsboot;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import io.wsboot.Headers.Field;

/**
 * What browsers send with nearly every opening handshake, and names that are usual beside
 * it. Each has a number, which is all that {@link FieldBytes} keeps of it.
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
			"X-Real-IP", "X-Request-ID", "traceparent", "tracestate" };

	private static final byte[][] NAMES_OF_FIELDS = new byte[FIELDS.length][];

	private static final byte[][] NAME_BYTES = new byte[NAMES.length][];

	private static final Map<Field, Integer> FIELD_NUMBERS = new HashMap<>();

	private static final Map<String, Integer> NAME_NUMBERS = new HashMap<>();

	static {
		for (int i = 0; i < FIELDS.length; i++) {
			FIELD_NUMBERS.put(FIELDS[i], i);
			NAMES_OF_FIELDS[i] = FIELDS[i].name().getBytes(StandardCharsets.US_ASCII);
		}
		for (int i = 0; i < NAMES.length; i++) {
			NAME_NUMBERS.put(NAMES[i], i);
			NAME_BYTES[i] = NAMES[i].getBytes(StandardCharsets.US_ASCII);
		}
	}

	private CommonFields() {
	}

	/** The number of a field that is just so; -1 if it has none. */
	static int numberOf(Field field) {
		return FIELD_NUMBERS.getOrDefault(field, -1);
	}

	/** The number of a name that is written just so; -1 if it has none. */
	static int numberOf(String name) {
		return NAME_NUMBERS.getOrDefault(name, -1);
	}

	static Field field(int number) {
		return FIELDS[number];
	}

	static byte[] nameOfField(int number) {
		return NAMES_OF_FIELDS[number];
	}

	static String name(int number) {
		return NAMES[number];
	}

	static byte[] nameBytes(int number) {
		return NAME_BYTES[number];
	}

}
