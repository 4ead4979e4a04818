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
 * The parts of a server that judge opening handshakes.
 *
 * @param endpoints what is served
 * @param health answers probes
 * @param origins which pages may connect
 * @param proxies who is believed about whom it connects for
 * @param shortage knows when workers are too busy for handshakes
 * @param timeout how long a handshake may take, in nanoseconds
 * @param sessions what the sessions share that come of handshakes
 */
public record HandshakeContext(Endpoints endpoints, HealthPath health, OriginPolicy origins, TrustedProxies proxies,
		WorkerShortage shortage, long timeout, SessionContext sessions) {

	Capacity capacity() {
		return this.sessions.capacity();
	}

	Executor executor() {
		return this.sessions.inbound().executor();
	}

	WsServerObserver observer() {
		return this.sessions.observer();
	}

	NanoClock clock() {
		return this.sessions.clock();
	}

}
