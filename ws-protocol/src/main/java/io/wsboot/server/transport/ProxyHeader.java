package io.wsboot.server.transport;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * What the header of the PROXY protocol says.
 *
 * @param client whom the proxy connects for; null if it connects for itself, as for its
 * health checks, or does not say
 */
record ProxyHeader(@Nullable InetSocketAddress client) {

	/** The proxy does not say. */
	static final ProxyHeader UNKNOWN = new ProxyHeader(null);

}
