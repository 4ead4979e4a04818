package io.wsboot.spring.endpoint;

import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeRequest;
import io.wsboot.Headers;
import io.wsboot.Message;
import io.wsboot.SendResult;
import io.wsboot.StreamedMessage;
import io.wsboot.WsSession;
import io.wsboot.spring.endpoint.convert.StandardPayloadConverter;
import org.jspecify.annotations.Nullable;

/**
 * A session without connection: keeps what is sent to it.
 */
final class RecordingSession implements WsSession {

	final List<Message> sent = new ArrayList<>();

	/** What tasks have thrown, and a server would hand to the handler. */
	final List<Exception> failures = new ArrayList<>();

	/** What becomes of messages. */
	SendResult result = SendResult.QUEUED;

	@Nullable CloseStatus closed;

	@Nullable Principal principal;

	private final Map<String, Object> attributes = new ConcurrentHashMap<>();

	private final HandshakeRequest handshake;

	RecordingSession() {
		this(new HandshakeRequest("/", null, Headers.empty()));
	}

	RecordingSession(HandshakeRequest handshake) {
		this.handshake = handshake;
	}

	@Override
	public String id() {
		return "00000000000000000000000000000001";
	}

	@Override
	public String endpoint() {
		return "/template";
	}

	@Override
	public HandshakeRequest handshake() {
		return this.handshake;
	}

	@Override
	public Optional<String> subprotocol() {
		return Optional.empty();
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
		return this.closed == null;
	}

	@Override
	public long queuedBytes() {
		return 0;
	}

	@Override
	public SendResult send(String text) {
		return send(Message.text(text));
	}

	@Override
	public SendResult send(ByteBuffer payload) {
		Message message = Message.binary(payload);
		payload.position(payload.limit());
		return send(message);
	}

	@Override
	public SendResult send(Message message) {
		this.sent.add(message);
		return this.result;
	}

	@Override
	public SendResult convertAndSend(Object payload) {
		return send(new StandardPayloadConverter(Endpoints.JSON).toMessage(payload));
	}

	@Override
	public SendResult sendLatest(Object key, Message message) {
		return send(message);
	}

	@Override
	public SendResult convertAndSendLatest(Object key, Object payload) {
		return convertAndSend(payload);
	}

	@Override
	public CompletionStage<Void> sendAsync(Message message) {
		send(message);
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public StreamedMessage<CharSequence> streamText() {
		throw new UnsupportedOperationException();
	}

	@Override
	public StreamedMessage<ByteBuffer> streamBinary() {
		throw new UnsupportedOperationException();
	}

	@Override
	public Writer textWriter() {
		throw new UnsupportedOperationException();
	}

	@Override
	public OutputStream binaryOutputStream() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void execute(Task task) {
		try {
			if (isOpen()) {
				task.run(this);
			}
		}
		catch (Exception ex) {
			this.failures.add(ex);
		}
	}

	@Override
	public SendResult ping(ByteBuffer payload) {
		return SendResult.QUEUED;
	}

	@Override
	public SendResult pong(ByteBuffer payload) {
		return SendResult.QUEUED;
	}

	@Override
	public boolean awaitRoom(int bytes) {
		return isOpen();
	}

	@Override
	public void close(CloseStatus status) {
		if (this.closed == null) {
			this.closed = status;
		}
	}

}
