package io.wsboot.protocol;

import java.util.List;

import io.wsboot.HandshakeDecision;
import io.wsboot.Headers;
import io.wsboot.deflate.Inflaters;
import io.wsboot.deflate.MessageInflater;
import io.wsboot.handshake.DeflateParameters;
import io.wsboot.handshake.OpeningHandshake;
import org.jspecify.annotations.Nullable;

/**
 * What client and server have agreed on in an opening handshake (RFC 6455 §4.2.2).
 *
 * @param subprotocol the subprotocol of both sides; null if there is none
 * @param deflate the parameters of permessage-deflate; null without compression
 */
public record Agreement(@Nullable String subprotocol, @Nullable DeflateParameters deflate) {

	/**
	 * Answers what a client offers.
	 * @param request the header fields of a proper opening handshake
	 * @param decision may choose the subprotocol
	 * @param subprotocols the subprotocols of the endpoint, best first
	 * @param compression what the server is willing to agree on
	 * @return the agreement
	 * @throws IllegalArgumentException if the decision chooses a subprotocol that the
	 * client does not offer
	 */
	public static Agreement of(Headers request, HandshakeDecision.Accept decision, List<String> subprotocols,
			Compression.Offer compression) {
		List<String> offered = request.list("Sec-WebSocket-Protocol");
		String subprotocol = (decision.subprotocol() != null) ? chosen(decision.subprotocol(), offered)
				: OpeningHandshake.chooseSubprotocol(subprotocols, offered);
		DeflateParameters deflate = (compression == Compression.Offer.NONE) ? null
				: DeflateParameters.agree(request, compression.serverKeeps, compression.clientKeeps);
		return new Agreement(subprotocol, deflate);
	}

	/** The server may only choose what the client offers (RFC 6455 §4.2.2). */
	private static String chosen(String subprotocol, List<String> offered) {
		if (!offered.contains(subprotocol)) {
			throw new IllegalArgumentException("subprotocol " + subprotocol + " was not offered (RFC 6455 §4.2.2)");
		}
		return subprotocol;
	}

	/**
	 * How outgoing messages may be compressed.
	 * @return null if they may not be compressed
	 */
	public @Nullable Compression compression() {
		return (this.deflate == null) ? null
				: new Compression(!this.deflate.serverNoContextTakeover(), this.deflate.serverWindowBits());
	}

	/** Makes the inflater for incoming messages; null without compression. */
	@Nullable MessageInflater inflater(Inflaters inflaters) {
		return (this.deflate == null) ? null : new MessageInflater(inflaters, !this.deflate.clientNoContextTakeover());
	}

}
