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
	 * The most of one session at once: each costs memory, and it is the client who asks
	 * for them.
	 */
	public static final int MOST = 256;

	private final ConcurrentMap<String, Set<ReplyStream>> streams = new ConcurrentHashMap<>();

	/**
	 * Sends what a publisher yields. In turn with the session's callbacks.
	 * @param session where to
	 * @param publisher what to send
	 * @param writer turns an element into a message
	 * @param failure is told what fails
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

	/** A session that was behind can take more. */
	public void drained(WsSession session) {
		forEach(this.streams.get(session.id()), ReplyStream::drained);
	}

	/** A session is over. */
	public void closed(WsSession session) {
		forEach(this.streams.remove(session.id()), ReplyStream::cancel);
	}

	private static void forEach(@Nullable Set<ReplyStream> some, Consumer<ReplyStream> action) {
		if (some != null) {
			some.forEach(action);
		}
	}

	/** A stream has come to its end. */
	void ended(ReplyStream stream) {
		this.streams.computeIfPresent(stream.session().id(), (id, its) -> {
			its.remove(stream);
			return its.isEmpty() ? null : its;
		});
	}

	/** Whether nothing is being published. */
	public boolean isEmpty() {
		return this.streams.isEmpty();
	}

}
