package io.wsboot.server.address;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

/**
 * A range of IP addresses that begin with the same bits (RFC 4632, RFC 4291 §2.3).
 *
 * @param network an address of the range
 * @param bits the number of bits that all addresses of the range have in common
 */
public record AddressRange(InetAddress network, int bits) {

	/**
	 * Reads a range.
	 * @param text an address, perhaps with a slash and a number of bits behind it
	 * @return the range
	 * @throws IllegalArgumentException if the text is something else; the message says
	 * what to write
	 */
	public static AddressRange parse(String text) {
		int slash = text.indexOf('/');
		InetAddress network = IpAddress.parse((slash < 0) ? text : text.substring(0, slash));
		int most = (network != null) ? 8 * network.getAddress().length : 0;
		Integer bits = (slash < 0) ? Integer.valueOf(most) : bits(text.substring(slash + 1), most);
		if (network == null || bits == null) {
			throw new IllegalArgumentException(
					"must hold addresses such as 192.0.2.1, 10.0.0.0/8 or fd00::/8, not '" + text + "'");
		}
		return new AddressRange(network, bits);
	}

	private static @Nullable Integer bits(String text, int most) {
		if (!text.matches("[0-9]{1,3}")) {
			return null;
		}
		int bits = Integer.parseInt(text);
		return (bits <= most) ? bits : null;
	}

	/** Whether an address is in the range; never if it is of another IP version. */
	public boolean contains(InetAddress address) {
		byte[] one = this.network.getAddress();
		byte[] other = address.getAddress();
		if (one.length != other.length) {
			return false;
		}
		for (int i = 0; i < this.bits; i += 8) {
			int mask = (this.bits - i >= 8) ? 0xFF : 0xFF << (8 - (this.bits - i));
			if (((one[i / 8] ^ other[i / 8]) & mask) != 0) {
				return false;
			}
		}
		return true;
	}

}
