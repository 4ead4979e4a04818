package io.wsboot.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Addresses as numbers. Never asks a name server.
 */
final class IpAddress {

	private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";

	private static final Pattern V4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");

	/** In brackets it is never taken for a name. */
	private static final Pattern V6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:.]{2,45}");

	private IpAddress() {
	}

	/** That of a client, by which it is counted; null if it has none. */
	static @Nullable InetAddress of(@Nullable InetSocketAddress client) {
		return (client != null) ? client.getAddress() : null;
	}

	/**
	 * Reads an address.
	 * @param text an IPv4 or IPv6 address, the latter without brackets and zone
	 * @return the address; null if it is none
	 */
	static @Nullable InetAddress parse(String text) {
		boolean v4 = V4.matcher(text).matches();
		if (!v4 && !V6.matcher(text).matches()) {
			return null;
		}
		try {
			return InetAddress.getByName(v4 ? text : "[" + text + "]");
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

}
