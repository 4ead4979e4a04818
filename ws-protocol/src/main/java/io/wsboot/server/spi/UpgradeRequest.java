package io.wsboot.server.spi;

import java.security.Principal;
import java.util.Map;

import io.wsboot.HandshakeRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request that another server, the <em>host</em>, has read on its own port, and that
 * asks for one of our endpoints. The host copies everything it passes: a request may
 * outlive the host's own objects. Upgrade requests are immutable.
 *
 * @param method the HTTP method
 * @param protocol the version of HTTP as in the request line, such as {@code HTTP/1.1}
 * @param handshake path, query and header fields. The path begins behind the host's
 * context path and is not decoded; the remote address is the client's, as the host
 * believes it
 * @param host the {@code Host} that the client asked for, as the host believes it; null
 * if that is the {@code Host} of the request
 * @param principal who the client is, according to the host; null if the client is
 * anonymous
 * @param subprotocol the subprotocol that the host has chosen among those that the client
 * offers, unless the endpoint's decision chooses one; null if the host leaves the choice
 * to the endpoint
 * @param attributes become attributes of the session, unless the endpoint's decision has
 * an attribute with the same name
 */
public record UpgradeRequest(String method, String protocol, HandshakeRequest handshake, @Nullable String host,
		@Nullable Principal principal, @Nullable String subprotocol, Map<String, Object> attributes) {

	/** Creates a request with a copy of the attributes. */
	public UpgradeRequest {
		attributes = Map.copyOf(attributes);
	}

	/**
	 * Creates a request without principal and attributes, for {@code HTTP/1.1}.
	 * @param method the HTTP method
	 * @param handshake path, query, header fields and the client's address
	 */
	public UpgradeRequest(String method, HandshakeRequest handshake) {
		this(method, "HTTP/1.1", handshake, null, null, null, Map.of());
	}

	/**
	 * Returns a text without principal and attributes, which may be secrets.
	 */
	@Override
	public String toString() {
		return "UpgradeRequest[" + this.method + " " + this.handshake + " " + this.protocol + "]";
	}

}
