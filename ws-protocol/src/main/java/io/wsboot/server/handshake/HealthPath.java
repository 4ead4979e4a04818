package io.wsboot.server.handshake;

import java.util.List;

import io.wsboot.Headers;
import io.wsboot.server.admission.Capacity;
import io.wsboot.server.loop.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Answers probes of load balancers and orchestrators on the port itself: 200 while new
 * sessions are taken, 503 once the server drains or one of its loops is stuck. How full
 * the server is does not count, as sending its clients elsewhere would not empty it. Any
 * thread.
 *
 * @param path where; null if nowhere
 * @param capacity knows whether the server drains
 * @param loops must be alive
 */
public record HealthPath(@Nullable String path, Capacity capacity, List<EventLoop> loops) {

	/** RFC 9111 §5.2.2.5: each probe is to see how it is now. */
	private static final Headers NOT_STORED = Headers.empty().with("Cache-Control", "no-store");

	private static final HealthAnswer OK = new HealthAnswer(200, NOT_STORED);

	private static final HealthAnswer UNAVAILABLE = new HealthAnswer(503, NOT_STORED);

	private static final HealthAnswer OTHER_METHOD = new HealthAnswer(405, NOT_STORED.with("Allow", "GET, HEAD"));

	/** Whether a request for a raw path is a probe. */
	boolean isAt(String rawPath) {
		return rawPath.equals(this.path);
	}

	/** The answer to a probe, whatever version of HTTP it comes in. */
	HealthAnswer answer(String method) {
		if (!method.equals("GET") && !method.equals("HEAD")) {
			return OTHER_METHOD;
		}
		return (!this.capacity.isDraining() && this.loops.stream().allMatch(EventLoop::isAlive)) ? OK : UNAVAILABLE;
	}

	/** A status and the fields that go with it. */
	record HealthAnswer(int status, Headers fields) {
	}

}
