package io.wsboot.spring.servlet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads IP addresses as servlet containers and filters write them. A text that is no
 * address is never looked up in the DNS: a client may have written it, into a
 * {@code Forwarded} field.
 */
final class AddressLiteral {

	private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";

	private static final Pattern IPV4 = Pattern.compile("(?:" + OCTET + "\\.){3}" + OCTET);

	/** {@link InetAddress} rejects what has a colon and is no address. */
	private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

	private AddressLiteral() {
	}

	/**
	 * Reads an address.
	 * @param text the address, an IPv6 address perhaps in brackets, perhaps with a zone,
	 * which is ignored
	 * @return the address; null if the text is none
	 */
	static @Nullable InetAddress parse(@Nullable String text) {
		if (text == null) {
			return null;
		}
		boolean brackets = text.startsWith("[") && text.endsWith("]");
		String address = brackets ? text.substring(1, text.length() - 1) : text;
		int zone = address.indexOf('%');
		address = (zone >= 0) ? address.substring(0, zone) : address;
		if (!IPV4.matcher(address).matches() && !IPV6.matcher(address).matches()) {
			return null;
		}
		try {
			return InetAddress.getByName(address);
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

}
