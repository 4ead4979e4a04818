package io.wsboot.server;

import java.net.InetSocketAddress;
import java.util.List;

import io.wsboot.Headers;
import io.wsboot.handshake.ForwardedElement;
import org.jspecify.annotations.Nullable;

/**
 * The client that a request comes from, whatever trusted proxies it came through.
 *
 * @param address the client's address, with port 0 if a proxy has not told its port; null
 * if it has connected to a Unix-domain socket and nobody has told its address
 * @param host the {@code Host} that the client asked for; null if it is that of the
 * request
 */
record ForwardedClient(@Nullable InetSocketAddress address, @Nullable String host) {

	/**
	 * Finds the client: from the nearest proxy on, each one is believed about the one
	 * before it, as long as it is trusted itself. Where one does not tell an address, it
	 * counts as the client.
	 * @param peer the other end of the connection; null if that has no address
	 * @param headers the headers of the request
	 * @param trusted whom to believe
	 * @return the client
	 */
	static ForwardedClient of(@Nullable InetSocketAddress peer, Headers headers, TrustedProxies trusted) {
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
