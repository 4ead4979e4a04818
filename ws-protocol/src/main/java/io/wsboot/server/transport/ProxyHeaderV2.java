package io.wsboot.server.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Version 2 of the PROXY protocol: a binary header (proxy-protocol.txt, section 2.2).
 * Looks at TCP over IPv4 and IPv6 only; of other families (UDP, Unix-domain sockets) and
 * of connections that the proxy makes for itself, the client is unknown.
 */
final class ProxyHeaderV2 {

	private static final int VERSION_AND_COMMAND = 12;

	private static final int FAMILY = 13;

	private static final int LENGTH = 14;

	private static final int ADDRESSES = 16;

	private static final int LOCAL = 0x20;

	private static final int PROXY = 0x21;

	private static final int TCP_V4 = 0x11;

	private static final int TCP_V6 = 0x21;

	private ProxyHeaderV2() {
	}

	/**
	 * Judges the first 16 bytes.
	 * @throws MalformedProxyHeader if the version, command or family is none, or the
	 * length has no room for the addresses
	 */
	static void check(byte[] header) throws MalformedProxyHeader {
		int command = header[VERSION_AND_COMMAND] & 0xFF;
		if (command == LOCAL) {
			return; // whatever family it has
		}
		int least = switch (header[FAMILY]) {
			case 0 -> 0;
			case TCP_V4, TCP_V4 + 1 -> 12;
			case TCP_V6, TCP_V6 + 1 -> 36;
			case 0x31, 0x32 -> 216;
			default -> Integer.MAX_VALUE;
		};
		if (command != PROXY || length(header) < least) {
			throw new MalformedProxyHeader("a PROXY header of an unknown version, command or family, or too short"
					+ " for its addresses (section 2.2)");
		}
	}

	/** Bytes behind the first 16. */
	static int length(byte[] header) {
		return (header[LENGTH] & 0xFF) << 8 | header[LENGTH + 1] & 0xFF;
	}

	/** How many of these are looked at. */
	static int kept(byte[] header) {
		if ((header[VERSION_AND_COMMAND] & 0xFF) != PROXY) {
			return 0;
		}
		return switch (header[FAMILY]) {
			case TCP_V4 -> 12;
			case TCP_V6 -> 36;
			default -> 0;
		};
	}

	/** Reads a header that has been checked. */
	static ProxyHeader parse(byte[] header) {
		int addressLength = switch (kept(header)) {
			case 12 -> 4;
			case 36 -> 16;
			default -> 0;
		};
		if (addressLength == 0) {
			return ProxyHeader.UNKNOWN;
		}
		int port = ADDRESSES + 2 * addressLength;
		try {
			InetAddress address = InetAddress
				.getByAddress(Arrays.copyOfRange(header, ADDRESSES, ADDRESSES + addressLength));
			return new ProxyHeader(
					new InetSocketAddress(address, (header[port] & 0xFF) << 8 | header[port + 1] & 0xFF));
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("4 and 16 bytes are an address", ex);
		}
	}

}
