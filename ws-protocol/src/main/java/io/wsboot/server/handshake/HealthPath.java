package io.wsboot.server.handshake;

import java.util.List;

import io.wsboot.Headers;
import io.wsboot.server.admission.Capacity;
import io.wsboot.server.loop.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Answers health probes of load balancers and orchestrators on the server's own port: 200
 * while the server takes sessions, 503 once the server drains or one of its loops is
 * stuck. A full server still answers 200, as sending its clients elsewhere would not
 * empty it. Any thread.
 *
 * @param path the path of probes; null if probes are not answered
 * @param capacity knows whether the server drains
 * @param loops the loops that must not be stuck
 */
public record HealthPath(@Nullable String path, Capacity capacity, List<EventLoop> loops) {

	/** RFC 9111 §5.2.2.5: no cache may answer a probe. */
	private static final Headers NOT_STORED = Headers.empty().with("Cache-Control", "no-store");

	private static final HealthAnswer OK = new HealthAnswer(200, NOT_STORED);

	private static final HealthAnswer UNAVAILABLE = new HealthAnswer(503, NOT_STORED);

	private static final HealthAnswer OTHER_METHOD = new HealthAnswer(405, NOT_STORED.with("Allow", "GET, HEAD"));

	/** Whether a request for an undecoded path is a probe. */
	boolean isAt(String rawPath) {
		return rawPath.equals(this.path);
	}

	/** The answer to a probe, in any version of HTTP. */
	HealthAnswer answer(String method) {
		if (!method.equals("GET") && !method.equals("HEAD")) {
			return OTHER_METHOD;
		}
		return (!this.capacity.isDraining() && this.loops.stream().allMatch(EventLoop::isAlive)) ? OK : UNAVAILABLE;
	}

	/** A response: status and header fields. */
	record HealthAnswer(int status, Headers fields) {
	}

}
