package io.wsboot.server.outbound;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.wsboot.server.loop.ForeignCode;
import io.wsboot.server.loop.OutboundLoop;
import org.jspecify.annotations.Nullable;

/**
 * What remains to be done when the message of a broadcast has been queued for all
 * sessions: loops write the message, each of which is woken once, and then the sender's
 * thread calls the {@linkplain ForeignCode foreign code} that hears of the broadcast, as
 * until then that thread is the drainer of outputs. For one thread.
 */
public final class Broadcast {

	/** The outputs whose drainer the thread is. */
	private final List<Outbound> acquired = new ArrayList<>();

	private @Nullable List<Runnable> afterwards;

	/** Leaves the writing to the loop of an output; the caller is the drainer. */
	void write(Outbound outbound) {
		this.acquired.add(outbound);
	}

	/**
	 * Runs foreign code when the thread is the drainer of no output any more.
	 * @param broadcast null if there is none, and the code may run at once
	 * @param foreign the code
	 */
	public static void afterwards(@Nullable Broadcast broadcast, Runnable foreign) {
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
	public void end() {
		Map<OutboundLoop, List<Outbound>> byLoop = new HashMap<>();
		for (Outbound outbound : this.acquired) {
			assert ForeignCode.released(outbound);
			byLoop.computeIfAbsent(outbound.loop(), (loop) -> new ArrayList<>()).add(outbound);
		}
		byLoop.forEach((loop, outbounds) -> loop.execute(() -> outbounds.forEach(Outbound::flushLater)));
		if (this.afterwards != null) {
			this.afterwards.forEach(Runnable::run);
		}
	}

}
