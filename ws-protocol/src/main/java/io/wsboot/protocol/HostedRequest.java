package io.wsboot.protocol;

import java.util.List;

import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.HandshakeDecision.Refuse;
import io.wsboot.HandshakeRequest;
import io.wsboot.Headers;
import io.wsboot.handshake.OpeningHandshake;
import io.wsboot.handshake.RequestHead;
import io.wsboot.handshake.ResponseFields;
import org.jspecify.annotations.Nullable;

/**
 * An opening handshake that somebody else reads and answers: the same rules as in
 * {@link RequestStage}, without a byte.
 *
 * @param request the header fields of the request
 * @param fault the refusal of an improper opening handshake; null if the request is
 * proper (RFC 6455 §4.2.1)
 * @param mayUpgrade whether an answer may have {@code Upgrade}: not in HTTP/2 (RFC 9113
 * §8.2.2)
 */
public record HostedRequest(Headers request, @Nullable Refuse fault, boolean mayUpgrade) {

	/**
	 * Examines a request.
	 * @param method the HTTP method
	 * @param protocol the version as in the request line, such as {@code HTTP/1.1}
	 * @param request path, query and header fields
	 * @return the request
	 */
	public static HostedRequest of(String method, String protocol, HandshakeRequest request) {
		boolean mayUpgrade = protocol.startsWith("HTTP/1.");
		// HTTP/2 has no Upgrade, so that such a request is improper like one in HTTP/1.0
		int minor = (mayUpgrade && !protocol.endsWith(".0")) ? 1 : 0;
		int major = (mayUpgrade || protocol.startsWith("HTTP/2") || protocol.startsWith("HTTP/3")) ? 1 : 0;
		RequestHead head = new RequestHead(method, request.path(), request.query(), major, minor, request.headers());
		return new HostedRequest(request.headers(), OpeningHandshake.examineHosted(head), mayUpgrade);
	}

	/**
	 * Returns the fields of the answer that opens the connection.
	 * @param agreement the agreement with the client
	 * @param decision the decision
	 * @return the fields
	 * @throws IllegalArgumentException if the decision makes no valid response
	 */
	public Headers accept(Agreement agreement, Accept decision) {
		return ResponseFields.accept(this.request, agreement.subprotocol(), agreement.deflate(), decision.headers());
	}

	/**
	 * Returns the agreement with the client.
	 * @param decision the decision
	 * @param subprotocols the subprotocols of the endpoint, best first
	 * @param compression what the server is willing to agree on
	 * @return the agreement
	 * @throws IllegalArgumentException if the decision does not fit the request
	 */
	public Agreement agree(Accept decision, List<String> subprotocols, Compression.Offer compression) {
		if (this.fault != null) {
			throw new IllegalArgumentException("the request is no opening handshake (RFC 6455 §4.2.1)");
		}
		return Agreement.of(this.request, decision, subprotocols, compression);
	}

	/**
	 * Returns the fields of a refusal.
	 * @param decision the decision
	 * @return the fields
	 * @throws IllegalArgumentException if the decision makes no valid response
	 */
	public Headers refuse(Refuse decision) {
		return ResponseFields.refuse(decision.headers(), this.mayUpgrade);
	}

}
