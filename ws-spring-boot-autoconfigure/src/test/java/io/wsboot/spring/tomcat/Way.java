package io.wsboot.spring.tomcat;

import io.wsboot.server.spi.Carrier;

/** A connector of Tomcat, and how its connections are to be served. */
enum Way {

	SOCKET("Http11NioProtocol", false, true, Carrier.SOCKET),

	TLS_SOCKET("Http11NioProtocol", true, true, Carrier.SOCKET),

	WIRE("Http11NioProtocol", false, false, Carrier.WIRE),

	TLS_WIRE("Http11NioProtocol", true, false, Carrier.WIRE),

	NIO2("Http11Nio2Protocol", false, true, Carrier.WIRE),

	TLS_NIO2("Http11Nio2Protocol", true, true, Carrier.WIRE);

	final String protocol;

	final boolean tls;

	final boolean takeOver;

	final Carrier carrier;

	Way(String protocol, boolean tls, boolean takeOver, Carrier carrier) {
		this.protocol = "org.apache.coyote.http11." + protocol;
		this.tls = tls;
		this.takeOver = takeOver;
		this.carrier = carrier;
	}

}
