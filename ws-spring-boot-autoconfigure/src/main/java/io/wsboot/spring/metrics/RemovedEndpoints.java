package io.wsboot.spring.metrics;

import java.util.LinkedHashSet;
import java.util.Set;

import io.wsboot.server.WsServerObserver;

/**
 * Endpoints that have been removed lately. What is still told of them, as by a handler
 * that took its time, must not bring their meters back. Older ones are forgotten, so that
 * this does not grow.
 */
final class RemovedEndpoints {

	private static final int MOST = 1000;

	private final Set<String> paths = new LinkedHashSet<>();

	synchronized void add(String path) {
		this.paths.remove(path);
		this.paths.add(path);
		if (this.paths.size() > MOST) {
			this.paths.remove(this.paths.iterator().next());
		}
	}

	synchronized void remove(String path) {
		this.paths.remove(path);
	}

	/** The tag of an endpoint's meters. */
	synchronized String tag(String path) {
		return this.paths.contains(path) ? WsServerObserver.UNKNOWN_ENDPOINT : path;
	}

}
