package io.wsboot.spring.actuate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

import io.wsboot.WsSession;

/**
 * Keeps the sessions with the smallest ids of all that are offered, without sorting all
 * of them. A page needs these for itself and the pages before it.
 */
final class SmallestIds {

	private static final Comparator<WsSession> BY_ID = Comparator.comparing(WsSession::id);

	private final int most;

	/** The kept sessions; the largest id comes first. */
	private final PriorityQueue<WsSession> kept = new PriorityQueue<>(BY_ID.reversed());

	SmallestIds(int most) {
		this.most = most;
	}

	void offer(WsSession session) {
		if (this.kept.size() < this.most) {
			this.kept.add(session);
		}
		else if (this.most > 0 && BY_ID.compare(session, this.kept.element()) < 0) {
			this.kept.poll();
			this.kept.add(session);
		}
	}

	List<WsSession> inOrder() {
		List<WsSession> sorted = new ArrayList<>(this.kept);
		sorted.sort(BY_ID);
		return sorted;
	}

}
