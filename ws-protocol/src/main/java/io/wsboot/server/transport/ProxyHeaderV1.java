package io.wsboot.server.transport;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.wsboot.server.address.IpAddress;

/** Version 1 of the PROXY protocol: a line of text (proxy-protocol.txt, section 2.1). */
final class ProxyHeaderV1 {

	private static final String UNKNOWN = "PROXY UNKNOWN";

	private static final String ADDRESS = "([0-9A-Fa-f:.]+)";

	private static final String PORT = "(0|[1-9][0-9]{0,4})";

	private static final Pattern LINE = Pattern
		.compile("PROXY TCP([46]) " + ADDRESS + " " + ADDRESS + " " + PORT + " " + PORT + "\r\n");

	/** A part of an IPv4 address that begins with a needless zero. */
	private static final Pattern PADDED = Pattern.compile("(?:^|\\.)0[0-9]");

	private static final int SPACES = 5;

	private static final int MAX_PORT = 65535;

	private ProxyHeaderV1() {
	}

	/**
	 * Returns how many fields of an incomplete line have not begun.
	 * @param line the line, which has at least {@code PROXY} and the first byte of the
	 * next field
	 * @param size how many bytes of the line are there
	 * @return 0 to 5; 0 if the line begins with {@code PROXY UNKNOWN}, as then no field
	 * is required
	 */
	static int missingFields(byte[] line, int size) {
		int spaces = 0;
		for (int i = 0; i < size; i++) {
			spaces += (line[i] == ' ') ? 1 : 0;
		}
		boolean unknown = line["PROXY ".length()] == 'U';
		return unknown ? 0 : Math.max(0, SPACES - spaces);
	}

	/**
	 * Parses a complete line.
	 * @throws MalformedProxyHeader if the line is malformed
	 */
	static ProxyHeader parse(byte[] line, int size) throws MalformedProxyHeader {
		String text = new String(line, 0, size, StandardCharsets.ISO_8859_1);
		if (text.startsWith(UNKNOWN) && (text.charAt(UNKNOWN.length()) == ' ' || size == UNKNOWN.length() + 2)) {
			return ProxyHeader.UNKNOWN; // a receiver must ignore the rest of the line
		}
		Matcher matcher = LINE.matcher(text);
		if (!matcher.matches()) {
			throw malformed();
		}
		boolean v4 = matcher.group(1).equals("4");
		address(matcher.group(3), v4);
		port(matcher.group(5));
		return new ProxyHeader(new InetSocketAddress(address(matcher.group(2), v4), port(matcher.group(4))));
	}

	private static InetAddress address(String text, boolean v4) throws MalformedProxyHeader {
		InetAddress address = IpAddress.parse(text);
		// an IPv4-mapped IPv6 address becomes an IPv4 address
		boolean fits = v4 ? address instanceof Inet4Address && !PADDED.matcher(text).find() : true;
		if (address == null || !fits || v4 == (text.indexOf(':') >= 0)) {
			throw malformed();
		}
		return address;
	}

	private static int port(String text) throws MalformedProxyHeader {
		int port = Integer.parseInt(text);
		if (port > MAX_PORT) {
			throw malformed();
		}
		return port;
	}

	private static MalformedProxyHeader malformed() {
		return new MalformedProxyHeader("a PROXY line that names no TCP connection (section 2.1)");
	}

}
