package io.wsboot;

import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A client's opening handshake (RFC 6455 §4.1). Everything in a handshake request comes
 * from the client, except for the remote address. Handshake requests are immutable.
 *
 * @param path the path of the request target, not decoded, without the query
 * @param query the query without the question mark, not decoded; null if there is none
 * @param headers the header fields
 * @param pathVariables the decoded values of the variables in the endpoint's path
 * @param remoteAddress the other end of the TCP connection, or the client's address as a
 * trusted proxy names it, with port 0 if the proxy names no port. Null outside a server,
 * and for a client of a Unix-domain socket whose address no proxy names
 */
public record HandshakeRequest(String path, @Nullable String query, Headers headers, Map<String, String> pathVariables,
		@Nullable InetSocketAddress remoteAddress) {

	/** Creates a request with a copy of the path variables. */
	public HandshakeRequest {
		pathVariables = Map.copyOf(pathVariables);
	}

	/**
	 * Creates a request that is not yet matched to an endpoint: a request without path
	 * variables and without a remote address.
	 * @param path the path, not decoded
	 * @param query the query, not decoded; null if there is none
	 * @param headers the header fields
	 */
	public HandshakeRequest(String path, @Nullable String query, Headers headers) {
		this(path, query, headers, Map.of(), null);
	}

	/**
	 * Returns the first value of a query parameter, decoded as
	 * {@link #queryParams(String)} decodes all values.
	 * @param name the parameter's name
	 * @return the value; empty if the query has no such parameter
	 */
	public Optional<String> queryParam(String name) {
		return queryParams(name).stream().findFirst();
	}

	/**
	 * Returns all values of a query parameter, decoded as
	 * {@code application/x-www-form-urlencoded}. Bytes that are not UTF-8 become U+FFFD;
	 * parameters with a malformed percent sequence are left out.
	 * @param name the parameter's name
	 * @return the values in order, possibly none
	 */
	public List<String> queryParams(String name) {
		return queryParams().getOrDefault(name, List.of());
	}

	/**
	 * Returns all query parameters, decoded as {@link #queryParams(String)} decodes the
	 * values of one.
	 * @return for each name the values in order; the names are in the order of their
	 * first values
	 */
	public Map<String, List<String>> queryParams() {
		if (this.query == null) {
			return Map.of();
		}
		Map<String, List<String>> values = new LinkedHashMap<>();
		for (String pair : this.query.split("&")) {
			if (pair.isEmpty()) {
				continue;
			}
			int equals = pair.indexOf('=');
			Optional<String> name = decoded((equals < 0) ? pair : pair.substring(0, equals));
			Optional<String> value = decoded((equals < 0) ? "" : pair.substring(equals + 1));
			if (name.isPresent() && value.isPresent()) {
				values.computeIfAbsent(name.get(), (key) -> new ArrayList<>()).add(value.get());
			}
		}
		return values;
	}

	/**
	 * Returns the origin of the page that opened the connection (RFC 6455 §10.2).
	 * @return the value of the {@code Origin} field; empty if the client sent none, as
	 * clients other than browsers do
	 */
	public Optional<String> origin() {
		return this.headers.first("Origin");
	}

	/**
	 * Returns the subprotocols that the client offers (RFC 6455 §1.9).
	 * @return the names in the client's order of preference, possibly none
	 */
	public List<String> subprotocols() {
		return this.headers.list("Sec-WebSocket-Protocol");
	}

	private static Optional<String> decoded(String raw) {
		try {
			return Optional.of(URLDecoder.decode(raw, StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Returns a text without the query, which may hold secrets, and without the values of
	 * header fields.
	 */
	@Override
	public String toString() {
		return "HandshakeRequest[path=" + this.path + ", headers=" + this.headers + ", remoteAddress="
				+ this.remoteAddress + "]";
	}

}
