package io.wsboot.spring.servlet;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The ids of the last {@value #MOST} HTTP sessions that have ended. A request that began
 * before the end may still hold its session, and open a WebSocket within it. Safe for use
 * by several threads.
 */
final class EndedSessions {

	static final int MOST = 1000;

	private final Set<String> ids = new LinkedHashSet<>();

	synchronized void add(String id) {
		this.ids.add(id);
		if (this.ids.size() > MOST) {
			this.ids.remove(this.ids.iterator().next());
		}
	}

	synchronized boolean contains(String id) {
		return this.ids.contains(id);
	}

}
