package io.wsboot.server.admission;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import io.wsboot.Headers;
import io.wsboot.handshake.ForwardedElement;
import io.wsboot.server.address.AddressRange;
import io.wsboot.server.config.ProxyOptions;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that the server trusts when they say for which client they connect.
 *
 * @param ranges the addresses of the proxies
 * @param unix whether every peer of a Unix-domain socket, which has no address, is a
 * trusted proxy
 * @param form the header fields that the proxies write
 * @param protocol whether connections of the proxies begin with a header of the PROXY
 * protocol
 */
public record TrustedProxies(List<AddressRange> ranges, boolean unix, ProxyOptions.Headers form, boolean protocol) {

	/** The proxies that the options name. */
	public static TrustedProxies of(ProxyOptions options) {
		List<AddressRange> ranges = options.trusted()
			.stream()
			.filter((one) -> !one.equals(ProxyOptions.UNIX))
			.map(AddressRange::parse)
			.toList();
		return new TrustedProxies(ranges, options.trusted().contains(ProxyOptions.UNIX), options.headers(),
				options.protocol());
	}

	/** Whether a peer, null on a Unix-domain socket, is a trusted proxy. */
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

	/**
	 * Whether the connection of a peer must begin with a header of the PROXY protocol.
	 */
	public boolean sendHeader(@Nullable InetSocketAddress peer) {
		return this.protocol && include(peer);
	}

	/** Whether an address is that of a trusted proxy; so is null, which is no address. */
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
