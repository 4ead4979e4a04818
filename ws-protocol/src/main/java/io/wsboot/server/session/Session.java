package io.wsboot.server.session;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.HandshakeRequest;
import io.wsboot.Message;
import io.wsboot.SendResult;
import io.wsboot.StreamedMessage;
import io.wsboot.protocol.Agreement;
import io.wsboot.server.inbound.Inbound;
import io.wsboot.server.inbound.InboundContext;
import io.wsboot.server.inbound.InboundTarget;
import io.wsboot.server.inbound.LoopInbound;
import io.wsboot.server.inbound.WorkerInbound;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.spi.SessionReading;
import io.wsboot.server.spi.SessionStats;
import io.wsboot.server.spi.WsServerObserver.HandlerCallback;
import org.jspecify.annotations.Nullable;

/**
 * One open connection as the application sees it. Any thread may use a session.
 */
public final class Session implements InboundTarget, SessionStats.Source, SessionReading.Source {

	private final SessionId id = SessionId.next();

	private final EndpointSessions endpoint;

	private final HandshakeRequest handshake;

	private final @Nullable Principal principal;

	private final SessionLink link;

	private final SessionOutput output;

	private final SessionContext server;

	/** Null until the application asks for attributes. */
	private volatile @Nullable Map<String, Object> attributes;

	private final Inbound inbound;

	private final SessionCounts counts = new SessionCounts();

	/** Logs the session's messages; null unless the traffic log is on. */
	private volatile @Nullable SessionTrace trace;

	/** Written before the session is published. */
	private @Nullable String subprotocol;

	private volatile boolean open = true;

	/**
	 * A session that is not open yet; the principal is null if the client is anonymous.
	 */
	public Session(EndpointSessions endpoint, HandshakeRequest handshake, Accept decision,
			@Nullable Principal principal, SessionLink link, SessionContext server) {
		this.endpoint = endpoint;
		this.handshake = handshake;
		this.principal = principal;
		this.attributes = decision.attributes().isEmpty() ? null : new ConcurrentHashMap<>(decision.attributes());
		this.link = link;
		this.server = server;
		this.inbound = endpoint.endpoint().plan().onlyOnLoop() ? new LoopInbound(this) : new WorkerInbound(this);
		this.output = new SessionOutput(this);
	}

	/** The {@link #id} as a key of maps. */
	SessionId key() {
		return this.id;
	}

	public Inbound inbound() {
		return this.inbound;
	}

	@Override
	public EndpointSessions endpointSessions() {
		return this.endpoint;
	}

	SessionContext server() {
		return this.server;
	}

	SessionOutput output() {
		return this.output;
	}

	SessionCounts counts() {
		return this.counts;
	}

	/** Whether the traffic log is on. Names no class, so that it is inlined. */
	boolean isTraced() {
		return this.trace != null;
	}

	@Nullable SessionTrace trace() {
		return this.trace;
	}

	public void trace(@Nullable SessionTrace trace) {
		this.trace = trace;
	}

	@Override
	public SessionStats stats() {
		return this.endpoint.statsOf(this);
	}

	@Override
	public SessionLink link() {
		return this.link;
	}

	EventLoop loop() {
		return this.link.loop();
	}

	@Override
	public InboundContext context() {
		return this.server.inbound();
	}

	/** Applies the outcome of the handshake, before the session is published. */
	public void agreed(Agreement agreement) {
		this.subprotocol = agreement.subprotocol();
		this.output.compress(this.server.compression(agreement.compression()));
		this.link.outbound().watermarks().limit(this.endpoint.endpoint().policy().outbound());
	}

	@Override
	public String id() {
		return this.id.toString();
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
		Map<String, Object> attributes = this.attributes;
		return (attributes != null) ? attributes : makeAttributes();
	}

	private synchronized Map<String, Object> makeAttributes() {
		Map<String, Object> attributes = this.attributes;
		if (attributes == null) {
			attributes = new ConcurrentHashMap<>(4);
			this.attributes = attributes;
		}
		return attributes;
	}

	@Override
	public boolean isOpen() {
		return this.open;
	}

	@Override
	public long queuedBytes() {
		return this.output.queuedBytes();
	}

	@Override
	public SendResult send(String text) {
		return this.output.send(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
	}

	@Override
	public SendResult send(ByteBuffer payload) {
		return this.output.send(false, payload);
	}

	@Override
	public SendResult convertAndSend(Object payload) {
		return send(this.server.converter().toMessage(payload));
	}

	@Override
	public SendResult sendLatest(Object key, Message message) {
		return this.output.sendLatest(Objects.requireNonNull(key, "key"), message);
	}

	@Override
	public SendResult convertAndSendLatest(Object key, Object payload) {
		return sendLatest(key, this.server.converter().toMessage(payload));
	}

	@Override
	public CompletionStage<Void> sendAsync(Message message) {
		return this.output.sendAsync(message);
	}

	@Override
	public StreamedMessage<CharSequence> streamText() {
		return new StreamedText(this.output.begin(true));
	}

	@Override
	public StreamedMessage<ByteBuffer> streamBinary() {
		return new StreamedBinary(this.output.begin(false));
	}

	@Override
	public Writer textWriter() {
		return new OutputStreamWriter(new MessageOutputStream(this.output.begin(true)), StandardCharsets.UTF_8);
	}

	@Override
	public OutputStream binaryOutputStream() {
		return new MessageOutputStream(this.output.begin(false));
	}

	@Override
	public void execute(Task task) {
		Objects.requireNonNull(task, "task");
		this.link.execute(() -> {
			if (this.open) {
				this.inbound.call(HandlerCallback.TASK, task, 0);
			}
		});
	}

	@Override
	public SendResult ping(ByteBuffer payload) {
		return this.output.ping(payload);
	}

	@Override
	public SendResult pong(ByteBuffer payload) {
		return this.output.pong(payload);
	}

	@Override
	public boolean awaitRoom(int bytes) {
		return this.output.awaitRoom(bytes);
	}

	@Override
	public void close(CloseStatus status) {
		if (!status.mayBeSent()) {
			throw new IllegalArgumentException("close code " + status.code() + " must not be sent (RFC 6455 §7.4)");
		}
		boolean onLoop = loop().isCurrent();
		if (!onLoop) {
			this.link.execute(() -> this.link.close(status, false));
		}
		this.inbound.discard(); // not if the task could not be left
		this.open = false;
		if (onLoop) {
			this.link.close(status, false);
		}
	}

	@Override
	public SessionReading reading() {
		return new LinkReading(this.link, this);
	}

	/** The connection is closing or gone: senders see the session closed. */
	void closed() {
		this.open = false;
		this.output.end();
		reading().resume(); // for the peer's Close frame
	}

}
