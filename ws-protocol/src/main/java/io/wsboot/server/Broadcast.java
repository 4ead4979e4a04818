package io.wsboot.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a broadcast leaves to be done when its message has been queued for all sessions:
 * loops write it, each of which is woken once, and then the sender's thread calls the
 * {@linkplain ForeignCode foreign code} that hears of it, as until then that thread owns
 * what it has queued to. For one thread.
 */
final class Broadcast {

	private final List<Outbound> owned = new ArrayList<>();

	private @Nullable List<Runnable> afterwards;

	/**
	 * Leaves the writing to the loop of an output that the caller has become the owner
	 * of.
	 */
	void write(Outbound outbound) {
		this.owned.add(outbound);
	}

	/**
	 * Runs something when nothing is owned any more: at once if there is no broadcast.
	 */
	static void afterwards(@Nullable Broadcast broadcast, Runnable foreign) {
		if (broadcast == null) {
			foreign.run();
			return;
		}
		if (broadcast.afterwards == null) {
			broadcast.afterwards = new ArrayList<>();
		}
		broadcast.afterwards.add(foreign);
	}

	/** The message has been queued for the last session. */
	void end() {
		Map<OutboundLoop, List<Outbound>> byLoop = new HashMap<>();
		for (Outbound outbound : this.owned) {
			assert ForeignCode.released(outbound);
			byLoop.computeIfAbsent(outbound.loop(), (loop) -> new ArrayList<>()).add(outbound);
		}
		byLoop.forEach((loop, outbounds) -> loop.execute(() -> outbounds.forEach(Outbound::flushLater)));
		if (this.afterwards != null) {
			this.afterwards.forEach(Runnable::run);
		}
	}

}
