package io.wsboot.server.transport;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * The information in a header of the PROXY protocol.
 *
 * @param client the address of the client; null if the header names none, as when the
 * proxy checks the server's health
 */
record ProxyHeader(@Nullable InetSocketAddress client) {

	/** A header that names no client. */
	static final ProxyHeader UNKNOWN = new ProxyHeader(null);

}
