package io.wsboot.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Who a proxy says it has got a request from (RFC 7239 §6).
 */
final class ForwardedNode {

	private static final Pattern WITH_PORT = Pattern
		.compile("(?:\\[([^]]*:[^]]*)]|([0-9.]+))(?::([0-9]{1,5}|_[A-Za-z0-9._-]+))?");

	private static final int MAX_PORT = 65535;

	private ForwardedNode() {
	}

	/**
	 * Reads a node.
	 * @param text the node, without quotes
	 * @return its address, with port 0 if there is none; null if it is unknown, a name
	 * that stands for an address, or nonsense
	 */
	static @Nullable InetSocketAddress parse(String text) {
		InetAddress bare = IpAddress.parse(text); // X-Forwarded-For has IPv6 without
													// brackets
		if (bare != null) {
			return new InetSocketAddress(bare, 0);
		}
		Matcher matcher = WITH_PORT.matcher(text);
		if (!matcher.matches()) {
			return null;
		}
		InetAddress address = IpAddress.parse((matcher.group(1) != null) ? matcher.group(1) : matcher.group(2));
		int port = port(matcher.group(3));
		return (address != null && port >= 0) ? new InetSocketAddress(address, port) : null;
	}

	/** 0 if it is left out or obfuscated (RFC 7239 §6.3), -1 if there is no such port. */
	private static int port(@Nullable String text) {
		if (text == null || text.startsWith("_")) {
			return 0;
		}
		int port = Integer.parseInt(text);
		return (port <= MAX_PORT) ? port : -1;
	}

}
