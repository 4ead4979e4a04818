package io.wsboot.server;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.wsboot.CloseStatus;
import io.wsboot.Message;
import io.wsboot.SendResult;
import io.wsboot.protocol.ControlFrames;
import io.wsboot.server.Outgoing.Kind;
import io.wsboot.server.WsServerObserver.DropReason;
import io.wsboot.server.WsServerStats.Direction;
import io.wsboot.server.WsServerStats.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * What one session sends: traced and counted, and straight into the loop's buffer where
 * that is possible; else by way of its {@link OutboundSender}. Any thread.
 */
final class SessionOutput implements OutboundSender.Source {

	/** What a peer is told that does not take what is sent to it. */
	static final CloseStatus TOO_SLOW = CloseStatus.TRY_AGAIN_LATER.withReason("reads too slowly");

	private final Session session;

	private final Traffic.Row loopTraffic;

	private final OutboundSender sender;

	SessionOutput(Session session) {
		this.session = session;
		this.loopTraffic = session.endpointSessions().traffic().row(session.loop().index());
		this.sender = new OutboundSender(session.link().outbound(), this);
	}

	/** What has been agreed on, before the session is shown to anybody. */
	void compress(@Nullable SessionCompression compression) {
		this.sender.compress(compression);
	}

	/** How messages are compressed; null if they are not. */
	SessionStats.@Nullable Compression compressed() {
		SessionCompression compression = this.sender.compression();
		return (compression != null) ? compression.agreed() : null;
	}

	OutboundSender sender() {
		return this.sender;
	}

	Outbound outbound() {
		return this.sender.outbound();
	}

	long queuedBytes() {
		return outbound().room().queued();
	}

	SendResult send(boolean text, ByteBuffer payload) {
		if (!this.session.isOpen()) {
			payload.position(payload.limit());
			return SendResult.CLOSED;
		}
		int size = payload.remaining();
		if (this.session.loop().isCurrent() && !this.session.isTraced() && outbound().inTurn()
				&& !this.sender.isCompressed(size) && outbound().stage(text, payload)) {
			this.loopTraffic.add(Direction.OUT, text ? MessageType.TEXT : MessageType.BINARY, size);
			this.session.counts().sent(1, size);
			return outbound().room().result();
		}
		SendResult result = post(new OutgoingMessage(this.session.server().frames(), text, payload), null, null);
		payload.position(payload.limit());
		return result;
	}

	SendResult sendLatest(Object key, Message message) {
		return post(this.session.server().latest(key, message), null, null);
	}

	CompletionStage<Void> sendAsync(Message message) {
		CompletableFuture<Void> completion = new CompletableFuture<>();
		post(OutgoingMessage.of(this.session.server().frames(), message), completion, null);
		return completion;
	}

	SendResult ping(ByteBuffer payload) {
		int size = payload.remaining();
		ByteBuffer frame = ControlFrames.SERVER.ping(payload);
		payload.position(payload.limit());
		if (!this.session.isOpen()) {
			return SendResult.CLOSED;
		}
		SessionTrace trace = this.session.trace();
		if (trace != null) {
			trace.bytes(Direction.OUT, MessageType.PING, payload.duplicate().position(payload.limit() - size), true);
		}
		outbound().sendAnyway(Outgoing.of(Kind.FIXED, frame));
		countFrames(MessageType.PING, 1, size);
		return outbound().room().result();
	}

	/** Nothing will be sent any more. */
	void end() {
		this.sender.end();
	}

	/**
	 * Sends a message, perhaps to others too.
	 * @param completion told what becomes of it
	 */
	SendResult post(OutgoingMessage message, @Nullable CompletableFuture<Void> completion,
			@Nullable Broadcast broadcast) {
		SessionTrace trace = this.session.trace();
		if (trace == null) {
			return this.sender.send(message, completion, broadcast);
		}
		Broadcast.afterwards(broadcast, () -> message.traceTo(trace));
		SendResult result = this.sender.send(message, completion, broadcast);
		if (result == SendResult.DROPPED || result == SendResult.CLOSED) {
			Broadcast.afterwards(broadcast, () -> trace.notSent(result));
		}
		return result;
	}

	@Override
	public boolean isOpen() {
		return this.session.isOpen();
	}

	@Override
	public boolean hasMore() {
		return this.session.inbound().hasWaiting();
	}

	@Override
	public void count(boolean text, int messages, int size) {
		countFrames(text ? MessageType.TEXT : MessageType.BINARY, messages, size);
		if (this.session.loop().isCurrent()) {
			this.session.counts().sent(messages, size);
		}
		else {
			this.session.counts().sentByOther(messages, size);
		}
	}

	private void countFrames(MessageType type, int messages, int size) {
		if (this.session.loop().isCurrent()) {
			this.loopTraffic.add(Direction.OUT, type, messages, size);
		}
		else {
			this.session.endpointSessions().traffic().add(Direction.OUT, type, messages, size);
		}
	}

	@Override
	public void droppedNewest() {
		this.session.link().dropped(DropReason.NEWEST, 1);
	}

	/** At once for senders; the rest is never in the middle of anything. */
	@Override
	public void close() {
		this.session.inbound().discard();
		this.session.closed();
		this.session.link().execute(() -> this.session.link().close(TOO_SLOW, true));
	}

	@Override
	public void closedAsTooSlow() {
		this.session.server().observer().dropped(DropReason.CLOSED, 1);
	}

}
