package io.wsboot.spring.endpoint.reply;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.wsboot.CloseStatus;
import io.wsboot.PayloadConverter;
import io.wsboot.WsSession;
import org.jspecify.annotations.Nullable;

/**
 * The replies of one endpoint that are still being published. Each ends with its session
 * at the latest.
 */
public final class ReplyStreams {

	/**
	 * The most streams of one session at once. Each stream costs memory, and it is the
	 * client who causes streams.
	 */
	public static final int MOST = 256;

	private final ConcurrentMap<String, Set<ReplyStream>> streams = new ConcurrentHashMap<>();

	/**
	 * Sends the elements of a publisher. Called in turn with the session's callbacks.
	 * @param session the session to send to
	 * @param publisher yields the elements
	 * @param writer turns an element into a message
	 * @param failure takes the exception of the publisher
	 */
	void start(WsSession session, Flow.Publisher<?> publisher, PayloadConverter writer,
			BiConsumer<WsSession, Throwable> failure) {
		ReplyStream stream = new ReplyStream(session, writer, failure, this);
		Set<ReplyStream> all = this.streams.compute(session.id(), (id, some) -> {
			Set<ReplyStream> its = (some != null) ? some : ConcurrentHashMap.newKeySet();
			its.add(stream);
			return its;
		});
		if (all.size() > MOST) {
			session.close(CloseStatus.POLICY_VIOLATION.withReason("too many replies at once"));
			stream.cancel();
			return;
		}
		try {
			publisher.subscribe(stream);
		}
		catch (RuntimeException ex) { // which a publisher must not throw
			stream.cancel();
			throw ex;
		}
	}

	/**
	 * Resumes the streams of a session that is no longer congested.
	 * @param session the session
	 */
	public void drained(WsSession session) {
		forEach(this.streams.get(session.id()), ReplyStream::drained);
	}

	/**
	 * Cancels the streams of a session that is closed.
	 * @param session the session
	 */
	public void closed(WsSession session) {
		forEach(this.streams.remove(session.id()), ReplyStream::cancel);
	}

	private static void forEach(@Nullable Set<ReplyStream> some, Consumer<ReplyStream> action) {
		if (some != null) {
			some.forEach(action);
		}
	}

	/** Removes a stream that has ended. */
	void ended(ReplyStream stream) {
		this.streams.computeIfPresent(stream.session().id(), (id, its) -> {
			its.remove(stream);
			return its.isEmpty() ? null : its;
		});
	}

	/**
	 * Whether nothing is being published.
	 * @return true if there are no streams
	 */
	public boolean isEmpty() {
		return this.streams.isEmpty();
	}

}
