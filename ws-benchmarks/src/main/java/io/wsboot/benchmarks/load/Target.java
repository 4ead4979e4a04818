package io.wsboot.benchmarks.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * Where the load goes.
 *
 * @param port of this machine
 * @param path of the endpoint
 * @param tls trusts the server's certificate; null without TLS
 * @param deflate whether to ask for permessage-deflate
 */
public record Target(int port, String path, @Nullable SSLContext tls, boolean deflate) {

	InetSocketAddress address() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port);
	}

}
