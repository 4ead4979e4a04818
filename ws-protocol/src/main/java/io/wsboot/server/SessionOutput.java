package io.wsboot.server;

import java.nio.ByteBuffer;
import java.util.Collection;
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
 * What one session sends: compressed if that was agreed on, and within the bounds of the
 * overflow policy. What order things leave in is up to the {@link Outbound}. Any thread.
 */
final class SessionOutput {

	/** What a peer is told that does not take what is sent to it. */
	static final CloseStatus TOO_SLOW = CloseStatus.TRY_AGAIN_LATER.withReason("reads too slowly");

	private final Session session;

	private final Traffic.Row loopTraffic;

	private @Nullable SessionCompression compression;

	SessionOutput(Session session) {
		this.session = session;
		this.loopTraffic = session.registration().traffic().row(session.loop().index());
	}

	/** What has been agreed on, before the session is shown to anybody. */
	void compress(@Nullable SessionCompression compression) {
		this.compression = compression;
	}

	/** How messages are compressed; null if they are not. */
	SessionStats.@Nullable Compression compressed() {
		return (this.compression != null) ? this.compression.agreed() : null;
	}

	Outbound outbound() {
		return this.session.connection().outbound();
	}

	long queuedBytes() {
		return outbound().room().queued();
	}

	SendResult send(boolean text, ByteBuffer payload) {
		if (!this.session.isOpen()) {
			return SendResult.CLOSED;
		}
		int size = payload.remaining();
		if (this.session.loop().isCurrent() && !this.session.isTraced() && outbound().inTurn() && !isCompressed(size)
				&& outbound().stage(text, payload)) {
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
		ByteBuffer frame = ControlFrames.ping(payload);
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
		if (this.compression != null) {
			this.compression.end();
		}
	}

	private boolean isCompressed(int size) {
		return this.compression != null && this.compression.appliesTo(size);
	}

	/**
	 * Sends a message, perhaps to others too.
	 * @param owned takes the session if the caller, who is no loop, is to see to the
	 * writing; null = nobody has to
	 */
	SendResult post(OutgoingMessage message, @Nullable CompletableFuture<Void> completion,
			@Nullable Collection<Session> owned) {
		SessionTrace trace = this.session.trace();
		if (trace == null) {
			return encode(message, completion, owned);
		}
		message.traceTo(trace);
		SendResult result = encode(message, completion, owned);
		if (result == SendResult.DROPPED || result == SendResult.CLOSED) {
			trace.notSent(result);
		}
		return result;
	}

	private SendResult encode(OutgoingMessage message, @Nullable CompletableFuture<Void> completion,
			@Nullable Collection<Session> owned) {
		if (this.compression != null && isCompressed(message.size())) {
			return this.compression.send(message, (encoded) -> queue(encoded, completion, owned));
		}
		return queue(message.plain(), completion, owned);
	}

	private SendResult queue(EncodedMessage message, @Nullable CompletableFuture<Void> completion,
			@Nullable Collection<Session> owned) {
		Outgoing item = Outgoing.of(message, completion);
		if (!this.session.isOpen()) {
			item.closed();
			return SendResult.CLOSED;
		}
		int size = message.bytes().limit();
		boolean fits = reserve(size) || isLeftToOwner(size);
		if (!fits && !makeRoom(item, size)) {
			return this.session.isOpen() ? SendResult.DROPPED : SendResult.CLOSED;
		}
		// first, so that nobody who has got it finds it uncounted
		count(message.text() ? MessageType.TEXT : MessageType.BINARY, 1, message.size());
		// whoever may wait for room elsewhere must own nothing meanwhile
		if (owned == null || this.session.loop().isCurrent() || overflow() == OverflowPolicy.BLOCK) {
			outbound().send(item, this.session.inbound().hasWaiting());
		}
		else if (outbound().offer(item)) {
			owned.add(this.session);
		}
		return (fits || overflow() == OverflowPolicy.BLOCK) ? outbound().room().result() : SendResult.DROPPED;
	}

	private OverflowPolicy overflow() {
		return this.session.server().options().outbound().overflow();
	}

	private boolean reserve(int size) {
		if (outbound().room().reserve(size)) {
			return true;
		}
		if (this.session.loop().isCurrent()) {
			outbound().flushNow();
			return outbound().room().reserve(size);
		}
		return false;
	}

	/**
	 * Takes room for part of a message that may have begun, and so cannot be dropped.
	 * @return null if that is done; else why not
	 */
	@Nullable SendResult reserveWithin(long size) {
		OutboundRoom room = outbound().room();
		if (room.reserveWithin(size)) {
			return null;
		}
		if (this.session.loop().isCurrent()) {
			outbound().flushNow();
			if (room.reserveWithin(size)) {
				return null;
			}
		}
		return switch (overflow()) {
			case DROP_OLDEST, DROP_NEWEST -> {
				room.result(); // so that the sender hears when there is room
				yield SendResult.DROPPED;
			}
			case BLOCK -> (!EventLoop.isAnyCurrent() && awaitRoomWithin(size)) ? null : tooSlow();
			case CONFLATE -> isLeftToOwner(size) ? null : tooSlow();
			case CLOSE -> tooSlow();
		};
	}

	/** Waits on a worker for the same; false if the session has ended instead. */
	boolean awaitRoomWithin(long size) {
		return outbound().room().awaitWithin(size, () -> !this.session.isOpen());
	}

	private SendResult tooSlow() {
		this.session.server().observer().dropped(DropReason.CLOSED, 1);
		this.session.close(TOO_SLOW, true);
		return SendResult.CLOSED;
	}

	/** Sends part of a message, which room has been taken for. */
	SendResult sendPart(Outgoing item, boolean text, int size) {
		count(text ? MessageType.TEXT : MessageType.BINARY, (item.kind == Kind.LAST_PART) ? 1 : 0, size);
		outbound().send(item, this.session.inbound().hasWaiting());
		return outbound().room().result();
	}

	/**
	 * Takes room that there may not be, where only the owner of the queue knows what
	 * gives way to what, and closes the session if that is not enough.
	 */
	private boolean isLeftToOwner(long size) {
		OutboundRoom room = outbound().room();
		if (overflow() != OverflowPolicy.CONFLATE || room.hasOverflowed()) {
			return false;
		}
		room.take(size);
		return true;
	}

	/** Deals with a full queue; false if the message is not to be sent. */
	private boolean makeRoom(Outgoing item, int size) {
		switch (overflow()) {
			case DROP_OLDEST -> {
				outbound().room().take(size); // the owner of the queue drops what is
												// too much
				return true;
			}
			case DROP_NEWEST -> {
				item.dropped();
				this.session.connection().signals().dropped(DropReason.NEWEST, 1);
				return false;
			}
			case BLOCK -> {
				if (!EventLoop.isAnyCurrent() && outbound().awaitRoom(size)) {
					return true;
				}
			}
			case CLOSE, CONFLATE -> {
				// see below
			}
		}
		item.closed();
		tooSlow();
		return false;
	}

	private void count(MessageType type, int messages, int size) {
		countFrames(type, messages, size);
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
			this.session.registration().traffic().add(Direction.OUT, type, messages, size);
		}
	}

}
