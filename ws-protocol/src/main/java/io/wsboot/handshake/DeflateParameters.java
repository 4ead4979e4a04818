package io.wsboot.handshake;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.wsboot.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of permessage-deflate on which client and server agree (RFC 7692 §7.1).
 * The size of the client's window is not among them: the server can read any.
 *
 * @param serverNoContextTakeover whether the server begins each message with an empty
 * window
 * @param clientNoContextTakeover whether the client begins each message with an empty
 * window
 * @param serverMaxWindowBits the largest window of the server that the client allows, as
 * a power of two: 8 to 15 for 256 to 32768 bytes; 0 if the client does not say
 */
public record DeflateParameters(boolean serverNoContextTakeover, boolean clientNoContextTakeover,
		int serverMaxWindowBits) {

	private static final String NAME = "permessage-deflate";

	private static final int LARGEST_WINDOW = 15;

	/** §7.1.2: decimal, without leading zeros. */
	private static final Pattern WINDOW_BITS = Pattern.compile("[89]|1[0-5]");

	/**
	 * Accepts the first offer that the server can honour (RFC 7692 §5.1). Other offers
	 * are declined by not being answered; they are no error.
	 * @param headers the fields of the request, whose extensions are well-formed
	 * @param serverKeeps whether the server may keep its window from message to message,
	 * if the offer does not forbid that
	 * @param clientKeeps whether the client may keep its window from message to message
	 * @return the parameters agreed on; null if no offer can be honoured
	 */
	public static @Nullable DeflateParameters agree(Headers headers, boolean serverKeeps, boolean clientKeeps) {
		for (ExtensionOffer offer : ExtensionOffer.parseAll(headers.all("Sec-WebSocket-Extensions"))) {
			if (offer.name().equals(NAME) && isSound(offer.parameters())) {
				return of(offer.parameters(), serverKeeps, clientKeeps);
			}
		}
		return null;
	}

	/**
	 * Whether no parameter is unknown, repeated, or has a value that the parameter must
	 * not have (RFC 7692 §7.1).
	 */
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
	 * The size of the server's window: how far back matches may reach.
	 * @return 8 to 15, as a power of two
	 */
	public int serverWindowBits() {
		return (this.serverMaxWindowBits == 0) ? LARGEST_WINDOW : this.serverMaxWindowBits;
	}

	/**
	 * Writes the answer to the offer (RFC 7692 §5.1).
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
