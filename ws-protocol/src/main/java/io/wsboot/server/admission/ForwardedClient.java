package io.wsboot.server.admission;

import java.net.InetSocketAddress;
import java.util.List;

import io.wsboot.Headers;
import io.wsboot.handshake.ForwardedElement;
import org.jspecify.annotations.Nullable;

/**
 * The client that has sent a request, be it through trusted proxies.
 *
 * @param address the client's address, with port 0 if no proxy has told the port; null if
 * the request came through a Unix-domain socket and no proxy has told the address
 * @param host the {@code Host} that the client asked for; null if that is the
 * {@code Host} of the request
 */
public record ForwardedClient(@Nullable InetSocketAddress address, @Nullable String host) {

	/**
	 * Finds the client. Beginning with the nearest proxy, each trusted proxy names the
	 * client or proxy before it; the first address that is not a trusted proxy's is the
	 * client. A proxy that names no address counts as the client itself.
	 * @param peer the other end of the connection; null if it has no address
	 * @param headers the headers of the request
	 * @param trusted the trusted proxies
	 * @return the client
	 */
	public static ForwardedClient of(@Nullable InetSocketAddress peer, Headers headers, TrustedProxies trusted) {
		ForwardedClient client = new ForwardedClient(peer, null);
		if (!trusted.include(peer)) {
			return client;
		}
		List<ForwardedElement> elements = trusted.elements(headers);
		for (int i = elements.size() - 1; i >= 0 && trusted.include(client.address); i--) {
			ForwardedElement element = elements.get(i);
			InetSocketAddress address = (element.node() != null) ? ForwardedNode.parse(element.node()) : null;
			String host = (element.host() != null) ? element.host() : client.host;
			if (address == null) {
				return new ForwardedClient(client.address, host);
			}
			client = new ForwardedClient(address, host);
		}
		return client;
	}

}
