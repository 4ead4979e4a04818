package io.wsboot.server.handshake;

import java.util.concurrent.Executor;

import io.wsboot.server.admission.Capacity;
import io.wsboot.server.admission.OriginPolicy;
import io.wsboot.server.admission.TrustedProxies;
import io.wsboot.server.loop.NanoClock;
import io.wsboot.server.session.Endpoints;
import io.wsboot.server.session.SessionContext;
import io.wsboot.server.spi.WsServerObserver;

/**
 * The parts of a server that decide about opening handshakes.
 *
 * @param endpoints finds the endpoint of a path
 * @param health answers health probes
 * @param origins which origins may connect
 * @param proxies which peers may say whom they connect for
 * @param shortage counts handshakes for which no worker was free
 * @param timeout how long a handshake may take, in nanoseconds
 * @param sessions what the sessions share that accepted handshakes open
 */
public record HandshakeContext(Endpoints endpoints, HealthPath health, OriginPolicy origins, TrustedProxies proxies,
		WorkerShortage shortage, long timeout, SessionContext sessions) {

	/** Counts the server's sockets and sessions. */
	Capacity capacity() {
		return this.sessions.capacity();
	}

	/** The workers that handlers run on. */
	Executor executor() {
		return this.sessions.inbound().executor();
	}

	/** The observer of the server. */
	WsServerObserver observer() {
		return this.sessions.observer();
	}

	/** The server's clock. */
	NanoClock clock() {
		return this.sessions.clock();
	}

}
