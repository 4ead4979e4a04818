package io.wsboot.server.session;

import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.wsboot.CloseStatus;
import io.wsboot.Message;
import io.wsboot.SendResult;
import io.wsboot.WsSession;
import io.wsboot.WsTopics;
import io.wsboot.protocol.outgoing.ControlFrames;
import io.wsboot.server.endpoint.Traffic;
import io.wsboot.server.loop.Log;
import io.wsboot.server.outbound.Broadcast;
import io.wsboot.server.outbound.FragmentedSend;
import io.wsboot.server.outbound.MessageEncoder;
import io.wsboot.server.outbound.Outbound;
import io.wsboot.server.outbound.OutboundSender;
import io.wsboot.server.outbound.OutboundSource;
import io.wsboot.server.outbound.PendingWrite;
import io.wsboot.server.outbound.PendingWrite.Kind;
import io.wsboot.server.outbound.SessionCompression;
import io.wsboot.server.spi.SessionStats;
import io.wsboot.server.spi.WsServerObserver.DropReason;
import io.wsboot.server.spi.WsServerStats.Direction;
import io.wsboot.server.spi.WsServerStats.MessageType;
import io.wsboot.server.topic.TopicMember;
import org.jspecify.annotations.Nullable;

/**
 * The output of one session: logs and counts what is sent. A message goes straight into
 * the loop's buffer where that is possible, else through an {@link OutboundSender}. Any
 * thread.
 */
public final class SessionOutput implements OutboundSource, TopicMember {

	/** The status of sessions that are closed as their peers read too slowly. */
	public static final CloseStatus TOO_SLOW = CloseStatus.TRY_AGAIN_LATER.withReason("reads too slowly");

	private static final Log LOG = new Log();

	private final Session session;

	/** The counters of the session's loop; only that loop writes them. */
	private final Traffic.Row loopTraffic;

	private final OutboundSender sender;

	SessionOutput(Session session) {
		this.session = session;
		this.loopTraffic = session.endpointSessions().traffic().row(session.loop().index());
		this.sender = new OutboundSender(session.link().outbound(), this);
	}

	/**
	 * The output of a session, which is a member of topics.
	 * @param topics the topics of the session's server
	 * @throws IllegalArgumentException if the session is of another server
	 */
	public static SessionOutput of(WsSession session, WsTopics topics) {
		if (session instanceof Session own && own.server().topics() == topics) {
			return own.output();
		}
		throw new IllegalArgumentException("the session is not a session of this server: " + session);
	}

	/** Sets how messages are compressed. Call before the session is published. */
	void compress(@Nullable SessionCompression compression) {
		this.sender.compress(compression);
	}

	/** How messages are compressed; null if they are not. */
	SessionStats.@Nullable Compression compressed() {
		SessionCompression compression = this.sender.compression();
		return (compression != null) ? compression.agreed() : null;
	}

	/** Sends what does not go straight into the loop's buffer. */
	OutboundSender sender() {
		return this.sender;
	}

	/** The output of the connection. */
	Outbound outbound() {
		return this.sender.outbound();
	}

	/** How many bytes wait for the peer. */
	long queuedBytes() {
		return outbound().watermarks().queued();
	}

	/**
	 * Sends a message. In a batch of the loop the message goes straight into the loop's
	 * buffer, unless it must be compressed or logged, or other messages wait before it.
	 * @param text whether the message is text
	 * @param payload the payload; its position moves to its limit
	 */
	SendResult send(boolean text, ByteBuffer payload) {
		if (!this.session.isOpen()) {
			payload.position(payload.limit());
			return SendResult.CLOSED;
		}
		int size = payload.remaining();
		Outbound outbound = outbound();
		if (!this.session.isTraced() && !this.sender.isCompressed(size) && outbound.sendInBatch(text, payload)) {
			this.loopTraffic.add(Direction.OUT, type(text), size);
			this.session.counts().sent(1, size);
			return outbound.watermarks().result();
		}
		SendResult result = post(new MessageEncoder(this.session.server().frames(), text, payload), null, null);
		payload.position(payload.limit());
		return result;
	}

	/** Sends a message that replaces a waiting message with an equal key. */
	SendResult sendLatest(Object key, Message message) {
		return post(this.session.server().latest(key, message), null, null);
	}

	/**
	 * Sends a message; the stage completes when the socket has taken the whole message.
	 */
	CompletionStage<Void> sendAsync(Message message) {
		CompletableFuture<Void> completion = new CompletableFuture<>();
		post(MessageEncoder.of(this.session.server().frames(), message), completion, null);
		return completion;
	}

	/**
	 * Sends a Ping. The payload's position moves to its limit, even if the session is
	 * closed.
	 */
	SendResult ping(ByteBuffer payload) {
		return control(MessageType.PING, payload, ControlFrames.SERVER.ping(payload));
	}

	/** Sends an unsolicited Pong, as {@link #ping} sends a Ping. */
	SendResult pong(ByteBuffer payload) {
		return control(MessageType.PONG, payload, ControlFrames.SERVER.unsolicitedPong(payload));
	}

	private SendResult control(MessageType type, ByteBuffer payload, ByteBuffer frame) {
		int size = payload.remaining();
		payload.position(payload.limit());
		if (!this.session.isOpen()) {
			return SendResult.CLOSED;
		}
		trace(type, payload, size, true);
		outbound().sendAnyway(PendingWrite.of(Kind.FIXED, frame));
		countFrames(type, 1, size);
		return outbound().watermarks().result();
	}

	/** Waits until a message has room, see {@link OutboundSender#awaitRoom}. */
	boolean awaitRoom(int bytes) {
		return this.sender.awaitRoom(this.session.server().frames().size(bytes));
	}

	/** Frees the memory of compression, as nothing will be sent any more. */
	void end() {
		this.sender.end();
	}

	/**
	 * Sends a message, perhaps to other sessions too.
	 * @param message the message
	 * @param completion completed when the message is written or dropped; null if nobody
	 * waits
	 * @param broadcast the broadcast that the message belongs to; null if there is none
	 */
	SendResult post(MessageEncoder message, @Nullable CompletableFuture<Void> completion,
			@Nullable Broadcast broadcast) {
		SessionTrace trace = this.session.trace();
		if (trace == null) {
			return this.sender.send(message, completion, broadcast);
		}
		Broadcast.afterwards(broadcast,
				() -> trace.bytes(Direction.OUT, type(message.isText()), message.payload(), true));
		SendResult result = this.sender.send(message, completion, broadcast);
		if (result == SendResult.DROPPED || result == SendResult.CLOSED) {
			Broadcast.afterwards(broadcast, () -> trace.notSent(result));
		}
		return result;
	}

	@Override
	public int loopIndex() {
		return this.session.loop().index();
	}

	@Override
	public int encodings() {
		SessionCompression compression = this.sender.compression();
		return (compression != null) ? compression.encodings() : MessageEncoder.PLAIN;
	}

	@Override
	public void deliver(MessageEncoder message) {
		try {
			post(message, null, null);
		}
		catch (Throwable ex) { // the session must not miss a message and go on
			this.session.link().abandon();
			LOG.log(Level.ERROR, "a published message failed to be sent; the session ends", ex);
		}
	}

	/** Begins a message that the application sends part by part. */
	FragmentedSend begin(boolean text) {
		return new FragmentedSend(this.sender, this, this.session.server().frames().begin(text), text);
	}

	@Override
	public void sendingPart(boolean text, ByteBuffer sent, int size, boolean last) {
		trace(type(text), sent, size, last);
	}

	private void trace(MessageType type, ByteBuffer sent, int size, boolean last) {
		SessionTrace trace = this.session.trace();
		if (trace != null) {
			trace.bytes(Direction.OUT, type, sent.duplicate().position(sent.limit() - size), last);
		}
	}

	private static MessageType type(boolean text) {
		return text ? MessageType.TEXT : MessageType.BINARY;
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
		countFrames(type(text), messages, size);
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

	/**
	 * Closes the session to senders at once; a task of the loop sends the Close frame.
	 */
	@Override
	public void close() {
		this.session.inbound().discard();
		this.session.closed();
		this.session.link().execute(() -> this.session.link().close(TOO_SLOW, true));
	}

	@Override
	public void brokenOff() {
		this.session.close(CloseStatus.INTERNAL_ERROR.withReason("message broken off"));
	}

	@Override
	public void closedAsTooSlow() {
		this.session.server().observer().dropped(DropReason.CLOSED, 1);
	}

}
