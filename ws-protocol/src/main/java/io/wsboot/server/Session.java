package io.wsboot.server;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
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
import io.wsboot.WsSession;
import io.wsboot.server.SessionStats.State;
import org.jspecify.annotations.Nullable;

/**
 * The application's hold on one open connection.
 */
final class Session implements WsSession {

	private final SessionId id = SessionId.next();

	private final Endpoint endpoint;

	private final HandshakeRequest handshake;

	private final @Nullable Principal principal;

	private final Connection connection;

	private final SessionOutput output;

	private final ServerContext server;

	/** Made when it is asked for. */
	private volatile @Nullable Map<String, Object> attributes;

	private final Inbound inbound;

	private final SessionCounts counts = new SessionCounts();

	/** Null unless somebody wants to see what goes to and fro. */
	private volatile @Nullable SessionTrace trace;

	private @Nullable String subprotocol;

	private volatile boolean open = true;

	Session(Endpoint endpoint, HandshakeRequest handshake, Accept decision, Connection connection,
			ServerContext server) {
		this.endpoint = endpoint;
		this.handshake = handshake;
		this.principal = (decision.principal() != null) ? decision.principal() : connection.transport().peer();
		this.attributes = decision.attributes().isEmpty() ? null : new ConcurrentHashMap<>(decision.attributes());
		this.connection = connection;
		this.server = server;
		this.inbound = endpoint.onlyOnLoop() ? new LoopInbound(this) : new WorkerInbound(this);
		this.output = new SessionOutput(this);
	}

	/** Its {@link #id}, as the endpoint finds it by. */
	SessionId key() {
		return this.id;
	}

	Inbound inbound() {
		return this.inbound;
	}

	Endpoint registration() {
		return this.endpoint;
	}

	ServerContext server() {
		return this.server;
	}

	SessionOutput output() {
		return this.output;
	}

	SessionCounts counts() {
		return this.counts;
	}

	/**
	 * Whether somebody wants to see what goes to and fro. Asked for each message: a
	 * method that names a class that has not been loaded yet would not be inlined.
	 */
	boolean isTraced() {
		return this.trace != null;
	}

	@Nullable SessionTrace trace() {
		return this.trace;
	}

	void trace(@Nullable SessionTrace trace) {
		this.trace = trace;
	}

	/** The session as it is now. Any thread. */
	SessionStats stats() {
		State state = this.open ? State.OPEN
				: this.endpoint.sessions().containsKey(this.id) ? State.CLOSING : State.CLOSED;
		long now = this.server.clock().nanoTime();
		int roundTrip = this.counts.roundTrip();
		return new SessionStats(state, since(this.connection.timer().since(), now),
				since(this.connection.timer().heardAt(), now),
				(roundTrip > 0) ? Duration.of(roundTrip, ChronoUnit.MICROS) : null, this.counts.messagesIn(),
				this.counts.bytesIn(), this.counts.messagesOut(), this.counts.bytesOut(), this.inbound.pending(),
				queuedBytes(), this.output.outbound().room().isCongested(), this.output.compressed());
	}

	/** A loop's time may be a little ahead of what another thread has just read. */
	private static Duration since(long then, long now) {
		return Duration.ofNanos(Math.max(0, now - then));
	}

	Connection connection() {
		return this.connection;
	}

	EventLoop loop() {
		return this.connection.loop();
	}

	/** What the handshake has come to, before the session is shown to anybody. */
	void agreed(@Nullable String subprotocol, @Nullable SessionCompression compression) {
		this.subprotocol = subprotocol;
		this.output.compress(compression);
		this.connection.outbound().room().limit(this.endpoint.policy().outbound());
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
	public SendResult send(Message message) {
		if (message instanceof Message.Text text) {
			return send(text.text());
		}
		return send(((Message.Binary) message).payload());
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
		return new StreamedText(new MessageParts(this, true));
	}

	@Override
	public StreamedMessage<ByteBuffer> streamBinary() {
		return new StreamedBinary(new MessageParts(this, false));
	}

	@Override
	public Writer textWriter() {
		return new OutputStreamWriter(new MessageOutputStream(new MessageParts(this, true)), StandardCharsets.UTF_8);
	}

	@Override
	public OutputStream binaryOutputStream() {
		return new MessageOutputStream(new MessageParts(this, false));
	}

	@Override
	public void execute(Task task) {
		Objects.requireNonNull(task, "task");
		this.connection.execute(() -> {
			if (this.open) {
				this.inbound.task(task);
			}
		});
	}

	@Override
	public SendResult ping(ByteBuffer payload) {
		return this.output.ping(payload);
	}

	@Override
	public void close(CloseStatus status) {
		if (!status.mayBeSent()) {
			throw new IllegalArgumentException("close code " + status.code() + " must not be sent (RFC 6455 §7.4)");
		}
		close(status, false);
	}

	void close(CloseStatus status, boolean urgent) {
		if (!loop().isCurrent()) {
			this.connection.execute(() -> this.connection.close(status, urgent));
		}
		this.inbound.discard(); // unless that has failed
		this.open = false;
		if (loop().isCurrent()) {
			this.connection.close(status, urgent);
		}
	}

	/** The connection is closing, or gone. */
	void closed() {
		this.open = false;
		this.output.end();
	}

}
