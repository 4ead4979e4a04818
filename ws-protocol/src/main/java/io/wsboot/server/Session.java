package io.wsboot.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.HandshakeRequest;
import io.wsboot.Message;
import io.wsboot.PayloadConverter;
import io.wsboot.SendResult;
import io.wsboot.WsSession;
import io.wsboot.protocol.ControlFrames;
import io.wsboot.server.Outgoing.Kind;
import io.wsboot.server.WsServerObserver.DropReason;
import io.wsboot.server.WsServerStats.Direction;
import io.wsboot.server.WsServerStats.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * The application's hold on one open connection. Applies the overflow policy; what order
 * things leave in is up to the {@link Outbound}.
 */
final class Session implements WsSession {

	private final String id = SessionIds.next();

	private final Endpoint endpoint;

	private final HandshakeRequest handshake;

	private final @Nullable Principal principal;

	private final Connection connection;

	private final Outbound outbound;

	private final EventLoop loop;

	private final Traffic.Row loopTraffic;

	private final OverflowPolicy overflow;

	private final PayloadConverter converter;

	private final Map<String, Object> attributes;

	private final WsServerObserver observer;

	private final Inbound inbound;

	private @Nullable String subprotocol;

	private volatile boolean open = true;

	Session(Endpoint endpoint, HandshakeRequest handshake, Accept decision, Connection connection,
			ServerContext server) {
		this.endpoint = endpoint;
		this.handshake = handshake;
		this.principal = (decision.principal() != null) ? decision.principal() : connection.peer();
		this.attributes = new ConcurrentHashMap<>(decision.attributes());
		this.connection = connection;
		this.outbound = connection.outbound();
		this.loop = connection.loop();
		this.loopTraffic = endpoint.traffic().row(this.loop.index());
		this.overflow = server.options().outbound().overflow();
		this.converter = server.converter();
		this.observer = server.observer();
		HandlerCalls calls = new HandlerCalls(endpoint, server.clock(), server.observer());
		this.inbound = endpoint.onLoop() ? new LoopInbound(this.loop, this, calls) : new WorkerInbound(this.loop,
				server.executor(), this, calls, connection, server.options().inbound().maxPendingMessages());
	}

	Inbound inbound() {
		return this.inbound;
	}

	Endpoint registration() {
		return this.endpoint;
	}

	Outbound outbound() {
		return this.outbound;
	}

	EventLoop loop() {
		return this.loop;
	}

	/** Before the session is shown to anybody. */
	void agreed(@Nullable String subprotocol) {
		this.subprotocol = subprotocol;
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public String endpoint() {
		return this.endpoint.path();
	}

	@Override
	public HandshakeRequest handshake() {
		return this.handshake;
	}

	@Override
	public Optional<String> subprotocol() {
		return Optional.ofNullable(this.subprotocol);
	}

	@Override
	public Optional<Principal> principal() {
		return Optional.ofNullable(this.principal);
	}

	@Override
	public Map<String, Object> attributes() {
		return this.attributes;
	}

	@Override
	public boolean isOpen() {
		return this.open;
	}

	@Override
	public long queuedBytes() {
		return this.outbound.room().queued();
	}

	@Override
	public SendResult send(String text) {
		return send(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
	}

	@Override
	public SendResult send(ByteBuffer payload) {
		return send(false, payload);
	}

	@Override
	public SendResult send(Message message) {
		if (message instanceof Message.Text text) {
			return send(text.text());
		}
		return send(((Message.Binary) message).payload());
	}

	@Override
	public SendResult convertAndSend(Object payload) {
		return send(this.converter.toMessage(payload));
	}

	@Override
	public CompletionStage<Void> sendAsync(Message message) {
		CompletableFuture<Void> completion = new CompletableFuture<>();
		post(EncodedMessage.of(this.outbound.frames(), message), completion, null);
		return completion;
	}

	@Override
	public SendResult ping(ByteBuffer payload) {
		int size = payload.remaining();
		ByteBuffer frame = ControlFrames.ping(payload);
		payload.position(payload.limit());
		if (!this.open) {
			return SendResult.CLOSED;
		}
		this.outbound.sendAnyway(Outgoing.of(Kind.FIXED, frame));
		count(MessageType.PING, size);
		return this.outbound.room().result();
	}

	@Override
	public void close(CloseStatus status) {
		if (!status.mayBeSent()) {
			throw new IllegalArgumentException("close code " + status.code() + " must not be sent (RFC 6455 §7.4)");
		}
		close(status, false);
	}

	private void close(CloseStatus status, boolean urgent) {
		this.open = false;
		if (this.loop.isCurrent()) {
			this.connection.close(status, urgent);
		}
		else {
			this.loop.execute(() -> this.connection.close(status, urgent));
		}
	}

	/** The connection is closing, or gone. */
	void closed() {
		this.open = false;
	}

	private SendResult send(boolean text, ByteBuffer payload) {
		if (!this.open) {
			return SendResult.CLOSED;
		}
		if (this.loop.isCurrent() && this.outbound.inTurn()) {
			int size = payload.remaining();
			if (this.outbound.stage(text, payload)) {
				this.loopTraffic.add(Direction.OUT, text ? MessageType.TEXT : MessageType.BINARY, size);
				return SendResult.QUEUED;
			}
		}
		return post(EncodedMessage.of(this.outbound.frames(), text, payload), null, null);
	}

	/**
	 * Sends what has been encoded, perhaps for others too.
	 * @param owned takes the outbound if the caller, who is no loop, is to see to the
	 * writing; null = nobody has to
	 */
	SendResult post(EncodedMessage message, @Nullable CompletableFuture<Void> completion,
			@Nullable Collection<Session> owned) {
		Outgoing item = Outgoing.of(message, completion);
		if (!this.open) {
			item.closed();
			return SendResult.CLOSED;
		}
		int size = message.bytes().limit();
		boolean fits = reserve(size);
		if (!fits && !makeRoom(item, size)) {
			return this.open ? SendResult.DROPPED : SendResult.CLOSED;
		}
		// first, so that nobody who has got it finds it uncounted
		count(message.text() ? MessageType.TEXT : MessageType.BINARY, message.size());
		// whoever may wait for room elsewhere must own nothing meanwhile
		if (owned == null || this.loop.isCurrent() || this.overflow == OverflowPolicy.BLOCK) {
			this.outbound.send(item, this.inbound.hasWaiting());
		}
		else if (this.outbound.offer(item)) {
			owned.add(this);
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
		close(CloseStatus.TRY_AGAIN_LATER.withReason("reads too slowly"), true);
		return false;
	}

	private void count(MessageType type, int size) {
		if (this.loop.isCurrent()) {
			this.loopTraffic.add(Direction.OUT, type, size);
		}
		else {
			this.endpoint.traffic().add(Direction.OUT, type, size);
		}
	}

}
