package io.wsboot.server.admission;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.wsboot.server.address.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * Reads the node that a proxy says has sent it a request (RFC 7239 §6).
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
	 * @return the node's address, with port 0 if there is no port; null if the node is
	 * unknown, obfuscated or malformed
	 */
	static @Nullable InetSocketAddress parse(String text) {
		InetAddress bare = IpAddress.parse(text); // X-Forwarded-For: IPv6 without [ ]
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

	/** A port; 0 if it is missing or obfuscated (RFC 7239 §6.3), -1 if above 65535. */
	private static int port(@Nullable String text) {
		if (text == null || text.startsWith("_")) {
			return 0;
		}
		int port = Integer.parseInt(text);
		return (port <= MAX_PORT) ? port : -1;
	}

}
