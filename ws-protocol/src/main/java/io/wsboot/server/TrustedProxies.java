package io.wsboot.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import io.wsboot.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Proxies that are believed about whom they connect for.
 *
 * @param ranges their addresses; empty = nobody is
 * @param form which header fields they write
 */
record TrustedProxies(List<AddressRange> ranges, ProxyOptions.Headers form) {

	static TrustedProxies of(ProxyOptions options) {
		return new TrustedProxies(options.trusted().stream().map(AddressRange::parse).toList(), options.headers());
	}

	/** Whether they include one with an address; null = it has none. */
	boolean include(@Nullable InetAddress address) {
		return address == null || this.ranges.stream().anyMatch((range) -> range.contains(address));
	}

	/** The client that a request comes from. */
	ForwardedClient client(InetSocketAddress peer, Headers headers) {
		return this.ranges.isEmpty() ? new ForwardedClient(peer, null)
				: ForwardedClient.of(peer, headers, this.ranges, this.form);
	}

}
