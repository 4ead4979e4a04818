package io.wsboot.server.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A header of the PROXY protocol, read from an array that holds all of it
 * (proxy-protocol.txt, sections 2.1 and 2.2). Shares no code with the real reader.
 */
final class NaiveProxyHeader {

	private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";

	private final byte[] wire;

	private final String text;

	private NaiveProxyHeader(byte[] wire) {
		this.wire = wire;
		this.text = new String(wire, StandardCharsets.ISO_8859_1);
	}

	/**
	 * Reads a header.
	 * @param wire what comes
	 * @return the client's address and port or "unknown", with the header's length behind
	 * it; or "malformed"; or "more" if bytes are missing
	 */
	static String read(byte[] wire) {
		NaiveProxyHeader header = new NaiveProxyHeader(wire);
		return (wire.length == 0) ? "more" : (wire[0] == '\r') ? header.version2() : header.version1();
	}

	private boolean begins(String signature) {
		int length = Math.min(signature.length(), this.text.length());
		return this.text.startsWith(signature.substring(0, length));
	}

	private String version1() {
		if (!begins("PROXY ")) {
			return "malformed";
		}
		int end = this.text.indexOf("\r\n");
		String line = (end >= 0) ? this.text.substring(0, end)
				: this.text.endsWith("\r") ? this.text.substring(0, this.text.length() - 1) : this.text;
		boolean tooShort = end >= 0 && line.length() < "PROXY UNKNOWN".length();
		if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0 || tooShort || shortest(line) > 107) {
			return "malformed";
		}
		return (end < 0) ? "more" : of(line, end + 2);
	}

	/** How long a line that begins like this becomes at least, its CRLF included. */
	private static int shortest(String line) {
		int shortest = 0;
		int spaces = 0;
		for (int i = 0; i < line.length(); i++) {
			spaces += (line.charAt(i) == ' ') ? 1 : 0;
			boolean unknown = i < 6 || line.charAt(6) == 'U';
			shortest = Math.max(shortest, i + 1 + 2 + (unknown ? 0 : 2 * Math.max(0, 5 - spaces)));
		}
		return shortest;
	}

	private static String of(String line, int length) {
		if (line.equals("PROXY UNKNOWN") || line.startsWith("PROXY UNKNOWN ")) {
			return "unknown after " + length;
		}
		String[] words = line.split(" ", -1);
		if (words.length != 6 || !(words[1].equals("TCP4") || words[1].equals("TCP6"))) {
			return "malformed";
		}
		boolean v4 = words[1].equals("TCP4");
		String client = v4 ? v4(words[2]) : v6(words[2]);
		String server = v4 ? v4(words[3]) : v6(words[3]);
		if (client == null || server == null || !isNumber(words[4], 65535) || !isNumber(words[5], 65535)) {
			return "malformed";
		}
		return client + " " + words[4] + " after " + length;
	}

	private static boolean isNumber(String text, int most) {
		return text.matches("0|[1-9][0-9]{0,4}") && Integer.parseInt(text) <= most;
	}

	private static @Nullable String v4(String text) {
		String[] numbers = text.split("\\.", -1);
		return (numbers.length == 4 && Arrays.stream(numbers).allMatch((number) -> isNumber(number, 255))) ? text
				: null;
	}

	private static @Nullable String v6(String text) {
		if (text.indexOf(':') < 0 || !text.matches("[0-9A-Fa-f:.]{2,45}")) {
			return null;
		}
		try {
			return InetAddress.getByName("[" + text + "]").getHostAddress();
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

	private String version2() {
		if (!begins(SIGNATURE)) {
			return "malformed";
		}
		if (this.wire.length < 16) {
			return "more";
		}
		int command = this.wire[12] & 0xFF;
		int family = this.wire[13] & 0xFF;
		int length = ByteBuffer.wrap(this.wire).getChar(14);
		if (command != 0x20 && (command != 0x21 || length < addresses(family))) {
			return "malformed";
		}
		if (this.wire.length - 16 < length) {
			return "more";
		}
		boolean told = command == 0x21 && (family == 0x11 || family == 0x21);
		return (told ? client(addresses(family) / 2 - 2) : "unknown") + " after " + (16 + length);
	}

	/** How many bytes the addresses and ports of a family take. */
	private static int addresses(int family) {
		return switch (family) {
			case 0x00 -> 0;
			case 0x11, 0x12 -> 2 * (4 + 2);
			case 0x21, 0x22 -> 2 * (16 + 2);
			case 0x31, 0x32 -> 2 * 108;
			default -> Integer.MAX_VALUE;
		};
	}

	private String client(int addressLength) {
		ByteBuffer in = ByteBuffer.wrap(this.wire, 16, this.wire.length - 16);
		byte[] address = new byte[addressLength];
		in.get(address);
		in.position(in.position() + addressLength);
		try {
			return InetAddress.getByAddress(address).getHostAddress() + " " + (int) in.getChar();
		}
		catch (UnknownHostException ex) {
			throw new AssertionError(ex);
		}
	}

}
