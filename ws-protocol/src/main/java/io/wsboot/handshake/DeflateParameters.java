package io.wsboot.handshake;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.wsboot.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What client and server agree on for permessage-deflate (RFC 7692 §7.1). The client's
 * window is not among it: whatever its size, we can read it.
 *
 * @param serverNoContextTakeover whether we begin each message with an empty window
 * @param clientNoContextTakeover whether the client does
 * @param serverMaxWindowBits how far back the client lets our matches reach, as a power
 * of two: 8 to 15; 0 if it does not say
 */
public record DeflateParameters(boolean serverNoContextTakeover, boolean clientNoContextTakeover,
		int serverMaxWindowBits) {

	private static final String NAME = "permessage-deflate";

	private static final int LARGEST_WINDOW = 15;

	/** §7.1.2: decimal, without leading zeros. */
	private static final Pattern WINDOW_BITS = Pattern.compile("[89]|1[0-5]");

	/**
	 * Accepts the first offer that can be honoured (RFC 7692 §5.1). An offer that cannot
	 * is declined by not being answered, never an error.
	 * @param headers the fields of the request, whose extensions are well-formed
	 * @param serverKeeps whether we may keep our window from message to message, if the
	 * offer does not forbid it
	 * @param clientKeeps whether the client may keep its own
	 * @return what is agreed; null if nothing is
	 */
	public static @Nullable DeflateParameters agree(Headers headers, boolean serverKeeps, boolean clientKeeps) {
		for (ExtensionOffer offer : ExtensionOffer.parseAll(headers.all("Sec-WebSocket-Extensions"))) {
			if (offer.name().equals(NAME) && isSound(offer.parameters())) {
				return of(offer.parameters(), serverKeeps, clientKeeps);
			}
		}
		return null;
	}

	/** §7.1: no parameter is unknown, repeated, or has a value that it must not have. */
	private static boolean isSound(List<ExtensionOffer.Parameter> parameters) {
		Set<String> seen = new HashSet<>();
		return parameters.stream().allMatch((parameter) -> seen.add(parameter.name()) && isSound(parameter));
	}

	private static boolean isSound(ExtensionOffer.Parameter parameter) {
		String value = parameter.value();
		return switch (parameter.name()) {
			case "server_no_context_takeover", "client_no_context_takeover" -> value == null;
			case "server_max_window_bits" -> value != null && WINDOW_BITS.matcher(value).matches();
			case "client_max_window_bits" -> value == null || WINDOW_BITS.matcher(value).matches();
			default -> false;
		};
	}

	private static DeflateParameters of(List<ExtensionOffer.Parameter> offered, boolean serverKeeps,
			boolean clientKeeps) {
		boolean serverForgets = !serverKeeps;
		boolean clientForgets = !clientKeeps;
		int bits = 0;
		for (ExtensionOffer.Parameter parameter : offered) {
			switch (parameter.name()) {
				case "server_no_context_takeover" -> serverForgets = true;
				case "client_no_context_takeover" -> clientForgets = true;
				case "server_max_window_bits" -> bits = Integer.parseInt(String.valueOf(parameter.value()));
				default -> {
					// the client's own window
				}
			}
		}
		return new DeflateParameters(serverForgets, clientForgets, bits);
	}

	/**
	 * How far back our matches may reach.
	 * @return 8 to 15, as a power of two
	 */
	public int serverWindowBits() {
		return (this.serverMaxWindowBits == 0) ? LARGEST_WINDOW : this.serverMaxWindowBits;
	}

	/**
	 * The answer to the offer (RFC 7692 §5.1).
	 * @return a value of {@code Sec-WebSocket-Extensions}
	 */
	String toAnswer() {
		StringBuilder answer = new StringBuilder(NAME);
		if (this.serverNoContextTakeover) {
			answer.append("; server_no_context_takeover");
		}
		if (this.clientNoContextTakeover) {
			answer.append("; client_no_context_takeover");
		}
		if (this.serverMaxWindowBits != 0) { // §7.1.2.1: any size that was asked for
			answer.append("; server_max_window_bits=").append(this.serverMaxWindowBits);
		}
		return answer.toString();
	}

}
