package io.wsboot.server;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.wsboot.CloseStatus;
import io.wsboot.Message;
import io.wsboot.SendResult;
import io.wsboot.protocol.ControlFrames;
import io.wsboot.protocol.DataFrames;
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

	private final Session session;

	private final Connection connection;

	private final Outbound outbound;

	private final DataFrames frames;

	private final EventLoop loop;

	private final Traffic traffic;

	private final Traffic.Row loopTraffic;

	private final OverflowPolicy overflow;

	private final WsServerObserver observer;

	private @Nullable SessionCompression compression;

	SessionOutput(Session session, Connection connection, ServerContext server) {
		this.session = session;
		this.connection = connection;
		this.outbound = connection.outbound();
		this.frames = server.frames();
		this.loop = connection.loop();
		this.traffic = session.registration().traffic();
		this.loopTraffic = this.traffic.row(this.loop.index());
		this.overflow = server.options().outbound().overflow();
		this.observer = server.observer();
	}

	/** What has been agreed on, before the session is shown to anybody. */
	void compress(@Nullable SessionCompression compression) {
		this.compression = compression;
	}

	Outbound outbound() {
		return this.outbound;
	}

	long queuedBytes() {
		return this.outbound.room().queued();
	}

	SendResult send(boolean text, ByteBuffer payload) {
		if (!this.session.isOpen()) {
			return SendResult.CLOSED;
		}
		int size = payload.remaining();
		if (this.loop.isCurrent() && this.outbound.inTurn() && !isCompressed(size)
				&& this.outbound.stage(text, payload)) {
			this.loopTraffic.add(Direction.OUT, text ? MessageType.TEXT : MessageType.BINARY, size);
			return SendResult.QUEUED;
		}
		SendResult result = post(new OutgoingMessage(this.frames, text, payload), null, null);
		payload.position(payload.limit());
		return result;
	}

	CompletionStage<Void> sendAsync(Message message) {
		CompletableFuture<Void> completion = new CompletableFuture<>();
		post(OutgoingMessage.of(this.frames, message), completion, null);
		return completion;
	}

	SendResult ping(ByteBuffer payload) {
		int size = payload.remaining();
		ByteBuffer frame = ControlFrames.ping(payload);
		payload.position(payload.limit());
		if (!this.session.isOpen()) {
			return SendResult.CLOSED;
		}
		this.outbound.sendAnyway(Outgoing.of(Kind.FIXED, frame));
		count(MessageType.PING, 1, size);
		return this.outbound.room().result();
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
		boolean fits = reserve(size);
		if (!fits && !makeRoom(item, size)) {
			return this.session.isOpen() ? SendResult.DROPPED : SendResult.CLOSED;
		}
		// first, so that nobody who has got it finds it uncounted
		count(message.text() ? MessageType.TEXT : MessageType.BINARY, 1, message.size());
		// whoever may wait for room elsewhere must own nothing meanwhile
		if (owned == null || this.loop.isCurrent() || this.overflow == OverflowPolicy.BLOCK) {
			this.outbound.send(item, this.session.inbound().hasWaiting());
		}
		else if (this.outbound.offer(item)) {
			owned.add(this.session);
		}
		return (fits || this.overflow == OverflowPolicy.BLOCK) ? this.outbound.room().result() : SendResult.DROPPED;
	}

	private boolean reserve(int size) {
		if (this.outbound.room().reserve(size)) {
			return true;
		}
		if (this.loop.isCurrent()) {
			this.outbound.flushNow();
			return this.outbound.room().reserve(size);
		}
		return false;
	}

	/** Deals with a full queue; false if the message is not to be sent. */
	private boolean makeRoom(Outgoing item, int size) {
		switch (this.overflow) {
			case DROP_OLDEST -> {
				this.outbound.room().take(size); // the owner of the queue drops what is
													// too much
				return true;
			}
			case DROP_NEWEST -> {
				item.dropped();
				this.connection.signals().dropped(DropReason.NEWEST, 1);
				return false;
			}
			case BLOCK -> {
				if (!EventLoop.isAnyCurrent() && this.outbound.awaitRoom(size)) {
					return true;
				}
			}
			case CLOSE -> {
				// see below
			}
		}
		item.closed();
		this.observer.dropped(DropReason.CLOSED, 1);
		this.session.close(CloseStatus.TRY_AGAIN_LATER.withReason("reads too slowly"), true);
		return false;
	}

	private void count(MessageType type, int messages, int size) {
		if (this.loop.isCurrent()) {
			this.loopTraffic.add(Direction.OUT, type, messages, size);
		}
		else {
			this.traffic.add(Direction.OUT, type, messages, size);
		}
	}

}
