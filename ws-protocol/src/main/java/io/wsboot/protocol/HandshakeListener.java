package io.wsboot.protocol;

import java.nio.ByteBuffer;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import org.jspecify.annotations.Nullable;

/**
 * Is told of the request that begins a connection, and sends the response. The order of
 * calls is
 *
 * <pre>
 * writeResponse onRefused | onRequest writeResponse
 * </pre>
 *
 * All calls are made within calls of {@link ServerProtocol}, and may call
 * {@link ServerProtocol} back. They must not throw.
 */
public interface HandshakeListener {

	/**
	 * The request was no valid HTTP. Its answer has been written.
	 * @param refusal status of the answer, and why
	 */
	void onRefused(HandshakeDecision.Refuse refusal);

	/**
	 * A request has been read. No further byte is read before X, now or later.
	 * @param method the method, a token
	 * @param request the request
	 * @param fault the refusal that this request must get if its path is an endpoint's;
	 * null if the request is a proper opening handshake
	 */
	void onRequest(String method, HandshakeRequest request, HandshakeDecision.@Nullable Refuse fault);

	/**
	 * Sends the response.
	 * @param response HTTP; the buffer is given away
	 */
	void writeResponse(ByteBuffer response);

}
