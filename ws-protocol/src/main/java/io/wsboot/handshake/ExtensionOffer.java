package io.wsboot.handshake;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One member of {@code Sec-WebSocket-Extensions} (RFC 6455 §9.1). The server declines an
 * offer that it does not know, or whose parameters make no sense, by not answering it.
 * Only text that breaks the grammar fails the handshake.
 *
 * @param name the extension's name, a token
 * @param parameters the parameters in order; names may repeat
 */
record ExtensionOffer(String name, List<Parameter> parameters) {

	ExtensionOffer {
		parameters = List.copyOf(parameters);
	}

	/**
	 * Reads the offers of all such fields of a request, in the client's order of
	 * preference. White space may stand around every separator, and list members may be
	 * empty (RFC 9110 §5.6.1.2), as some gateways write them.
	 * @param values the values of the fields
	 * @return the offers; none if there is no field, or only empty lists
	 * @throws MalformedRequest if a value breaks the grammar
	 */
	static List<ExtensionOffer> parseAll(List<String> values) {
		List<ExtensionOffer> offers = new ArrayList<>();
		for (String value : values) {
			parse(new FieldCursor(value), offers);
		}
		return offers;
	}

	private static void parse(FieldCursor value, List<ExtensionOffer> offers) {
		value.skipBlanks();
		do {
			if (!value.isAtEnd() && !value.isAt(',')) {
				offers.add(offer(value));
			}
		}
		while (value.skipSeparator(','));
		if (!value.isAtEnd()) {
			throw malformed();
		}
	}

	private static ExtensionOffer offer(FieldCursor value) {
		String name = require(value.token());
		List<Parameter> parameters = new ArrayList<>();
		while (value.skipSeparator(';')) {
			String parameter = require(value.token());
			parameters
				.add(new Parameter(parameter, value.skipSeparator('=') ? require(value.tokenOrQuotedString()) : null));
		}
		return new ExtensionOffer(name, parameters);
	}

	/** A quoted value must be a token too, without its quotes (RFC 6455 §9.1). */
	private static String require(String token) {
		if (!HttpCharacters.isToken(token)) {
			throw malformed();
		}
		return token;
	}

	private static MalformedRequest malformed() {
		return MalformedRequest.badRequest("a Sec-WebSocket-Extensions field that breaks its grammar (RFC 6455 §9.1)");
	}

	/**
	 * A parameter of an offer.
	 *
	 * @param name the parameter's name, a token
	 * @param value the parameter's value, a token, without the quotes that the client may
	 * have written; null if there is none
	 */
	record Parameter(String name, @Nullable String value) {
	}

}
