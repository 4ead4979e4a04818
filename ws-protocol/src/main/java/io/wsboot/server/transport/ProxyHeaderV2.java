package io.wsboot.server.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Version 2 of the PROXY protocol: a binary header (proxy-protocol.txt, section 2.2).
 * Only TCP over IPv4 or IPv6 names the client. Other families (UDP, Unix-domain sockets),
 * and connections that the proxy makes for itself, leave the client unknown.
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
	 * Checks the first 16 bytes.
	 * @throws MalformedProxyHeader if the version, the command or the family is unknown,
	 * or if the length is too small for the addresses of the family
	 */
	static void check(byte[] header) throws MalformedProxyHeader {
		int command = header[VERSION_AND_COMMAND] & 0xFF;
		if (command == LOCAL) {
			return; // with any family
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

	/** Returns how many bytes follow the first 16. */
	static int length(byte[] header) {
		return (header[LENGTH] & 0xFF) << 8 | header[LENGTH + 1] & 0xFF;
	}

	/** Returns how many of these bytes the reader keeps: the addresses of TCP. */
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

	/** Parses a header that {@link #check} has accepted. */
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
