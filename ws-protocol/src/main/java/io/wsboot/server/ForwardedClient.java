package io.wsboot.server;

import java.net.InetSocketAddress;
import java.util.List;

import io.wsboot.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The client that a request comes from, whatever trusted proxies it came through.
 *
 * @param address the client's address, with port 0 if a proxy has not told its port
 * @param host the {@code Host} that the client asked for; null if it is that of the
 * request
 */
record ForwardedClient(InetSocketAddress address, @Nullable String host) {

	/**
	 * Finds the client: from the nearest proxy on, each one is believed about the one
	 * before it, as long as it is trusted itself. Where one does not tell an address, it
	 * counts as the client.
	 * @param peer the other end of the connection
	 * @param headers the headers of the request
	 * @param trusted whom to believe
	 * @param form which header fields proxies write
	 * @return the client
	 */
	static ForwardedClient of(InetSocketAddress peer, Headers headers, List<AddressRange> trusted,
			ProxyOptions.Headers form) {
		ForwardedClient client = new ForwardedClient(peer, null);
		if (!isTrusted(client, trusted)) {
			return client;
		}
		List<ForwardedElement> elements = ForwardedElement.of(headers, form);
		for (int i = elements.size() - 1; i >= 0 && isTrusted(client, trusted); i--) {
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

	private static boolean isTrusted(ForwardedClient client, List<AddressRange> trusted) {
		return trusted.stream().anyMatch((range) -> range.contains(client.address.getAddress()));
	}

}
