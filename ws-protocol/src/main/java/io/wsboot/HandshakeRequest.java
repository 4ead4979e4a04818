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
 * A client's opening handshake (RFC 6455 §4.1), as the application may judge it.
 * Everything in it comes from the client, but for the remote address.
 *
 * @param path the path of the request target, not decoded, without the query
 * @param query the query without the question mark, not decoded; null if there is none
 * @param headers the header fields
 * @param pathVariables the decoded values of the variables of the endpoint's path
 * @param remoteAddress the other end of the TCP connection, or the client that a trusted
 * proxy names, with port 0 if it does not tell the port; null outside a server, and for a
 * client of a Unix-domain socket whose address nobody names
 */
public record HandshakeRequest(String path, @Nullable String query, Headers headers, Map<String, String> pathVariables,
		@Nullable InetSocketAddress remoteAddress) {

	public HandshakeRequest {
		pathVariables = Map.copyOf(pathVariables);
	}

	/**
	 * A request as it was read, not yet matched to an endpoint.
	 * @param path the raw path
	 * @param query the raw query, null if there is none
	 * @param headers the header fields
	 */
	public HandshakeRequest(String path, @Nullable String query, Headers headers) {
		this(path, query, headers, Map.of(), null);
	}

	/**
	 * The first value of a query parameter, decoded as a form is.
	 * @param name the parameter's name
	 * @return the value, or nothing if there is no such parameter
	 */
	public Optional<String> queryParam(String name) {
		return queryParams(name).stream().findFirst();
	}

	/**
	 * All values of a query parameter, decoded as a form is: bytes that are not UTF-8
	 * become U+FFFD, and parameters with a percent sign that stands for nothing are left
	 * out.
	 * @param name the parameter's name
	 * @return the values in order
	 */
	public List<String> queryParams(String name) {
		return queryParams().getOrDefault(name, List.of());
	}

	/**
	 * All query parameters, decoded as {@link #queryParams(String)} decodes one.
	 * @return the values of each parameter in order, by name; the names are in the order
	 * of their first values
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
	 * The origin of the page that opened the connection (RFC 6455 §10.2).
	 * @return the {@code Origin} field, or nothing if the client is no browser
	 */
	public Optional<String> origin() {
		return this.headers.first("Origin");
	}

	/**
	 * The subprotocols that the client offers, in its order of preference (RFC 6455
	 * §1.9).
	 * @return the names, possibly none
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
	 * Without the query, which may hold secrets, and the values of headers.
	 */
	@Override
	public String toString() {
		return "HandshakeRequest[path=" + this.path + ", headers=" + this.headers + ", remoteAddress="
				+ this.remoteAddress + "]";
	}

}
