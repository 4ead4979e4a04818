package io.wsboot.handshake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.wsboot.Headers;
import io.wsboot.Headers.Field;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of answers that somebody else writes, and the rules for the
 * application's fields in any answer.
 */
public final class ResponseFields {

	/** Fields that say where a response ends, which the server alone decides. */
	private static final Set<String> FRAMING = Set.of("connection", "content-length", "keep-alive", "trailer",
			"transfer-encoding");

	private ResponseFields() {
	}

	/**
	 * Returns the fields of the answer that opens the connection (RFC 6455 §4.2.2, item
	 * 5).
	 * @param request the header fields of a proper opening handshake
	 * @param subprotocol the subprotocol agreed on; null if there is none
	 * @param deflate the parameters of permessage-deflate agreed on; null if the
	 * extension is not used
	 * @param extra the application's fields
	 * @return the fields
	 * @throws IllegalArgumentException if the subprotocol is no token, or a field of the
	 * application's is one that the handshake itself or the framing of HTTP uses
	 */
	public static Headers accept(Headers request, @Nullable String subprotocol, @Nullable DeflateParameters deflate,
			Headers extra) {
		byte[] accept = AcceptKey.of(request.first("Sec-WebSocket-Key").orElseThrow());
		List<Field> fields = new ArrayList<>();
		fields.add(new Field("Upgrade", "websocket"));
		fields.add(new Field("Connection", "Upgrade"));
		fields.add(new Field("Sec-WebSocket-Accept", new String(accept, StandardCharsets.US_ASCII)));
		if (subprotocol != null) {
			fields.add(new Field("Sec-WebSocket-Protocol", requireToken(subprotocol)));
		}
		if (deflate != null) {
			fields.add(new Field("Sec-WebSocket-Extensions", deflate.toAnswer()));
		}
		extra.fields().forEach((field) -> fields.add(requireAllowedIn101(field)));
		return Headers.of(fields);
	}

	/**
	 * Returns the fields of a refusal that does not end the connection.
	 * @param extra the fields of the decision
	 * @param mayUpgrade whether the version of HTTP knows {@code Upgrade}; HTTP/2 does
	 * not (RFC 9113 §8.2.2)
	 * @return the fields
	 * @throws IllegalArgumentException if a field is one that the framing of HTTP uses
	 */
	public static Headers refuse(Headers extra, boolean mayUpgrade) {
		List<Field> fields = new ArrayList<>();
		for (Field field : extra.fields()) {
			if (!field.name().equalsIgnoreCase("Upgrade")) {
				fields.add(requireAllowedInRefusal(field));
			}
			else if (mayUpgrade) { // a matter of this connection (RFC 9110 §7.8)
				fields.add(field);
				fields.add(new Field("Connection", "Upgrade"));
			}
		}
		return Headers.of(fields);
	}

	/** A subprotocol as it goes into an answer. */
	static String requireToken(String subprotocol) {
		if (!HttpCharacters.isToken(subprotocol)) {
			throw new IllegalArgumentException("a subprotocol must be a token (RFC 6455 §4.1)");
		}
		return subprotocol;
	}

	/** A field of the application's that may be in the answer with 101. */
	static Field requireAllowedIn101(Field field) {
		String name = field.name().toLowerCase(Locale.ROOT);
		return require(!FRAMING.contains(name) && !name.equals("upgrade") && !name.startsWith("sec-websocket-"), field);
	}

	/** A field of a decision that may be in a refusal. */
	static Field requireAllowedInRefusal(Field field) {
		String name = field.name().toLowerCase(Locale.ROOT);
		return require(!FRAMING.contains(name) && !name.equals("content-type"), field);
	}

	private static Field require(boolean allowed, Field field) {
		if (!allowed) {
			throw new IllegalArgumentException("the server itself decides on header " + field.name());
		}
		return field;
	}

}
