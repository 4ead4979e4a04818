package io.wsboot.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import io.wsboot.Headers;
import io.wsboot.handshake.ForwardedElement;
import org.jspecify.annotations.Nullable;

/**
 * Proxies that are believed about whom they connect for.
 *
 * @param ranges their addresses
 * @param unix whether those that connect to a Unix-domain socket are among them, and so
 * have no address
 * @param form which header fields they write
 * @param protocol whether their connections begin with a header of the PROXY protocol
 */
record TrustedProxies(List<AddressRange> ranges, boolean unix, ProxyOptions.Headers form, boolean protocol) {

	static TrustedProxies of(ProxyOptions options) {
		List<AddressRange> ranges = options.trusted()
			.stream()
			.filter((one) -> !one.equals(ProxyOptions.UNIX))
			.map(AddressRange::parse)
			.toList();
		return new TrustedProxies(ranges, options.trusted().contains(ProxyOptions.UNIX), options.headers(),
				options.protocol());
	}

	/** Whether an address, null for a Unix-domain socket, is that of a trusted proxy. */
	boolean include(@Nullable InetSocketAddress peer) {
		if (peer == null) {
			return this.unix;
		}
		for (AddressRange range : this.ranges) {
			if (range.contains(peer.getAddress())) {
				return true;
			}
		}
		return false;
	}

	/** Whether a connection must begin with a header of the PROXY protocol. */
	boolean sendHeader(@Nullable InetSocketAddress peer) {
		return this.protocol && include(peer);
	}

	/** Whether they include one with an address; null = it has none. */
	boolean include(@Nullable InetAddress address) {
		return address == null || this.ranges.stream().anyMatch((range) -> range.contains(address));
	}

	/** What the proxies on the way of a request say, the nearest last. */
	List<ForwardedElement> elements(Headers headers) {
		return switch (this.form) {
			case X_FORWARDED -> ForwardedElement.ofXForwarded(headers);
			case FORWARDED -> ForwardedElement.ofForwarded(headers);
		};
	}

}
