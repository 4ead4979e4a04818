package io.wsboot.handshake;

import java.util.Map;

/**
 * The names of HTTP's status codes (RFC 9110 §15). They are for people: clients look at
 * the number.
 */
final class ReasonPhrase {

	private static final Map<Integer, String> KNOWN = Map.ofEntries(Map.entry(200, "OK"), Map.entry(400, "Bad Request"),
			Map.entry(401, "Unauthorized"), Map.entry(402, "Payment Required"), Map.entry(403, "Forbidden"),
			Map.entry(404, "Not Found"), Map.entry(405, "Method Not Allowed"), Map.entry(406, "Not Acceptable"),
			Map.entry(408, "Request Timeout"), Map.entry(409, "Conflict"), Map.entry(410, "Gone"),
			Map.entry(412, "Precondition Failed"), Map.entry(413, "Content Too Large"), Map.entry(414, "URI Too Long"),
			Map.entry(417, "Expectation Failed"), Map.entry(421, "Misdirected Request"),
			Map.entry(422, "Unprocessable Content"), Map.entry(423, "Locked"), Map.entry(425, "Too Early"),
			Map.entry(426, "Upgrade Required"), Map.entry(428, "Precondition Required"),
			Map.entry(429, "Too Many Requests"), Map.entry(431, "Request Header Fields Too Large"),
			Map.entry(451, "Unavailable For Legal Reasons"), Map.entry(500, "Internal Server Error"),
			Map.entry(501, "Not Implemented"), Map.entry(502, "Bad Gateway"), Map.entry(503, "Service Unavailable"),
			Map.entry(504, "Gateway Timeout"), Map.entry(505, "HTTP Version Not Supported"),
			Map.entry(507, "Insufficient Storage"));

	private ReasonPhrase() {
	}

	/** The name of a status; a general one if the status is not registered. */
	static String of(int status) {
		return KNOWN.getOrDefault(status, (status < 500) ? "Client Error" : "Server Error");
	}

}
