package io.wsboot.server.address;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads and compares IP addresses. Never asks a name server.
 */
public final class IpAddress {

	private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";

	private static final Pattern V4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");

	/** Such a text in brackets is never taken for a name. */
	private static final Pattern V6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:.]{2,45}");

	/**
	 * The prefix of IPv4 addresses as translators write them (RFC 6052 §2.1): the last
	 * four bytes are the address.
	 */
	private static final byte[] TRANSLATED = { 0, 0x64, (byte) 0xFF, (byte) 0x9B, 0, 0, 0, 0, 0, 0, 0, 0 };

	/**
	 * The prefix of IPv4 addresses as 6to4 writes them (RFC 3056 §2): the next four bytes
	 * are the address, whose owner has 2^80 IPv6 addresses.
	 */
	private static final byte[] SIX_TO_FOUR = { 0x20, 0x02 };

	private IpAddress() {
	}

	/** The IP address of a client; null if the client has none. */
	public static @Nullable InetAddress of(@Nullable InetSocketAddress client) {
		return (client != null) ? client.getAddress() : null;
	}

	/** The IP address of a socket's peer; null if the peer has none, or is gone. */
	public static @Nullable InetAddress ofPeer(SocketChannel channel) {
		try {
			return (channel.getRemoteAddress() instanceof InetSocketAddress peer) ? peer.getAddress() : null;
		}
		catch (IOException ex) {
			return null; // which shows when it is read
		}
	}

	/**
	 * The address that stands for all addresses of one client: an IPv4 address, also one
	 * within an IPv6 address, or the first bits of an IPv6 address.
	 * @param address the address
	 * @param bits how many bits of an IPv6 address count, 1 to 128
	 * @return the address that stands for the client; the other bits are zero
	 */
	public static InetAddress client(InetAddress address, int bits) {
		byte[] bytes = address.getAddress();
		if (bytes.length == 4) {
			return address;
		}
		if (startsWith(bytes, TRANSLATED)) {
			return of(Arrays.copyOfRange(bytes, TRANSLATED.length, bytes.length));
		}
		if (startsWith(bytes, SIX_TO_FOUR)) {
			return of(Arrays.copyOfRange(bytes, SIX_TO_FOUR.length, SIX_TO_FOUR.length + 4));
		}
		for (int i = 0; i < bytes.length; i++) {
			int left = Math.max(0, Math.min(8, bits - 8 * i));
			bytes[i] &= (byte) (0xFF << (8 - left));
		}
		return of(bytes);
	}

	private static boolean startsWith(byte[] bytes, byte[] prefix) {
		return Arrays.mismatch(bytes, prefix) == prefix.length;
	}

	/** Makes an address; of IPv4 if that is mapped into IPv6 (RFC 4291 §2.5.5.2). */
	private static InetAddress of(byte[] bytes) {
		try {
			return InetAddress.getByAddress(bytes);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	/**
	 * Reads an address.
	 * @param text an IPv4 address, or an IPv6 address without brackets and zone
	 * @return the address; null if the text is none
	 */
	public static @Nullable InetAddress parse(String text) {
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
