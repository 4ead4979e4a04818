package io.wsboot.handshake;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One member of {@code Sec-WebSocket-Extensions} (RFC 6455 §9.1). One that is unknown, or
 * whose parameters make no sense, is declined by not being answered; only text that
 * breaks the grammar fails the handshake.
 *
 * @param name the extension's name, a token
 * @param parameters its parameters in order; names may repeat
 */
record ExtensionOffer(String name, List<Parameter> parameters) {

	ExtensionOffer {
		parameters = List.copyOf(parameters);
	}

	/**
	 * The offers of all such fields of a request, in the client's order of preference.
	 * @param values the values of the fields
	 * @return the offers; none if there is no such field, or only empty lists (RFC 9110
	 * §5.6.1.2), as some gateways write them
	 * @throws MalformedRequest if a value breaks the grammar
	 */
	static List<ExtensionOffer> parseAll(List<String> values) {
		List<ExtensionOffer> offers = new ArrayList<>();
		for (String value : values) {
			new ExtensionParser(value).parseInto(offers);
		}
		return offers;
	}

	/**
	 * A parameter of an offer.
	 *
	 * @param name its name, a token
	 * @param value its value, a token, without the quotes that it may have had; null if
	 * it has none
	 */
	record Parameter(String name, @Nullable String value) {
	}

}
