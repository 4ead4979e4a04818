package io.wsboot.handshake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.wsboot.Headers;
import io.wsboot.Headers.Field;
import org.jspecify.annotations.Nullable;

/**
 * Writes the answer to a request. Each buffer is new and belongs to the caller.
 */
public final class ResponseWriter {

	private static final String CRLF = "\r\n";

	private static final byte[] SWITCHING_PROTOCOLS = ("HTTP/1.1 101 Switching Protocols" + CRLF + "Upgrade: websocket"
			+ CRLF + "Connection: Upgrade" + CRLF + "Sec-WebSocket-Accept: ")
		.getBytes(StandardCharsets.US_ASCII);

	private ResponseWriter() {
	}

	/**
	 * Writes the answer that opens the connection (RFC 6455 §4.2.2, item 5). Frames
	 * follow.
	 * @param head the request, a valid opening handshake
	 * @param subprotocol the subprotocol agreed on, a token; null if there is none
	 * @param deflate the parameters of permessage-deflate agreed on; null if the
	 * extension is not used
	 * @param extra the application's fields
	 * @return the response
	 * @throws IllegalArgumentException if the subprotocol is no token, or a field of the
	 * application's is one that the handshake itself or the framing of HTTP uses
	 */
	public static ByteBuffer accept(RequestHead head, @Nullable String subprotocol, @Nullable DeflateParameters deflate,
			Headers extra) {
		byte[] accept = AcceptKey.of(head.headers().first("Sec-WebSocket-Key").orElseThrow());
		StringBuilder rest = new StringBuilder(CRLF);
		if (subprotocol != null) {
			append(rest, "Sec-WebSocket-Protocol", ResponseFields.requireToken(subprotocol));
		}
		if (deflate != null) {
			append(rest, "Sec-WebSocket-Extensions", deflate.toAnswer());
		}
		for (Field field : extra.fields()) {
			ResponseFields.requireAllowedIn101(field);
			append(rest, field.name(), field.value());
		}
		byte[] end = bytes(rest.append(CRLF));
		return ByteBuffer.allocate(SWITCHING_PROTOCOLS.length + accept.length + end.length)
			.put(SWITCHING_PROTOCOLS)
			.put(accept)
			.put(end)
			.flip();
	}

	/**
	 * Writes an answer behind which the connection is to be closed. The content is a
	 * short text that depends on the status alone.
	 * @param status the status; not one that has no content (RFC 9110 §6.4.1)
	 * @param fields more fields
	 * @param head the request; null if the server did not understand it. The answer to
	 * {@code HEAD} has no content (RFC 9110 §9.3.2)
	 * @param date the value of {@code Date} (RFC 9110 §6.6.1), unless the fields have
	 * one; null to leave the field out
	 * @return the response
	 * @throws IllegalArgumentException if a field is one that the framing of HTTP uses
	 */
	public static ByteBuffer answer(int status, Headers fields, @Nullable RequestHead head, @Nullable String date) {
		// RFC 9110 §7.8: Upgrade is a matter of this connection, and Connection says so.
		boolean upgrade = fields.first("Upgrade").isPresent();
		String statusText = status + " " + ReasonPhrase.of(status);
		String content = statusText + "\n";
		StringBuilder response = new StringBuilder(256).append("HTTP/1.1 ").append(statusText).append(CRLF);
		if (date != null && fields.first("Date").isEmpty()) {
			append(response, "Date", date);
		}
		append(response, "Connection", upgrade ? "Upgrade, close" : "close");
		append(response, "Content-Type", "text/plain; charset=utf-8");
		append(response, "Content-Length", Integer.toString(content.length()));
		for (Field field : fields.fields()) {
			ResponseFields.requireAllowedInRefusal(field);
			append(response, field.name(), field.value());
		}
		boolean contentWanted = head == null || !head.method().equals("HEAD");
		return ByteBuffer.wrap(bytes(response.append(CRLF).append(contentWanted ? content : "")));
	}

	private static void append(StringBuilder response, String name, String value) {
		response.append(name).append(": ").append(value).append(CRLF);
	}

	private static byte[] bytes(StringBuilder response) {
		return response.toString().getBytes(StandardCharsets.ISO_8859_1);
	}

}
