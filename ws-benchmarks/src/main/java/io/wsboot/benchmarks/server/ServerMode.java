package io.wsboot.benchmarks.server;

/** What is special about a server. */
public enum ServerMode {

	/** Nothing: no TLS, no compression. */
	PLAIN,

	/** It speaks TLS, with the certificate of {@link Certificate}. */
	TLS,

	/** It agrees to permessage-deflate. */
	DEFLATE

}
