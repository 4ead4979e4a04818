package io.wsboot.spring.metrics;

import java.util.LinkedHashSet;
import java.util.Set;

import io.wsboot.server.spi.WsServerObserver;

/**
 * The paths of the last {@value #MOST} removed endpoints. A late event of a removed
 * endpoint, such as the end of a slow callback, must not register the endpoint's meters
 * again. Safe for use by several threads.
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

	/** The value of the tag {@code endpoint} for a path. */
	synchronized String tag(String path) {
		return this.paths.contains(path) ? WsServerObserver.UNKNOWN_ENDPOINT : path;
	}

}
