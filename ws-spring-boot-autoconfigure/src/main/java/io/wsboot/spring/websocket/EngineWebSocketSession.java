package io.wsboot.spring.websocket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.wsboot.WsSession;
import io.wsboot.server.spi.SessionStats;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.adapter.AbstractWebSocketSession;

/**
 * A session of the server as a session of Spring's. What the server's session knows, this
 * class does not keep: an idle session holds no second copy of its handshake.
 * <p>
 * As Spring documents, one thread at a time may send. Sending blocks while the client
 * reads too slowly, whatever the server's overflow policy; on an event loop, which must
 * not block, the overflow policy applies.
 */
final class EngineWebSocketSession extends AbstractWebSocketSession<WsSession> {

	/** The extension that the server speaks (RFC 7692). */
	static final String PERMESSAGE_DEFLATE = "permessage-deflate";

	private final WebSocketHandler handler;

	/** The URI of the handshake, as a string, which is smaller; null if unknown. */
	private final @Nullable String uri;

	private final @Nullable InetSocketAddress localAddress;

	private final SessionSender sender = new SessionSender();

	private final MessageSizes sizes;

	/** The session's own limits, in characters and bytes. */
	private volatile int textLimit, binaryLimit;

	/** Made when it is asked for first. */
	private volatile @Nullable String id;

	/**
	 * Creates a session that is not open yet.
	 * @param handler handles the session
	 * @param attributes the first attributes, which are copied
	 * @param uri the URI of the handshake; null if unknown
	 * @param localAddress the address that the client has connected to; null if unknown
	 * @param sizes how big messages may be at first
	 */
	EngineWebSocketSession(WebSocketHandler handler, Map<String, Object> attributes, @Nullable String uri,
			@Nullable InetSocketAddress localAddress, MessageSizes sizes) {
		super(attributes);
		this.handler = handler;
		this.uri = uri;
		this.localAddress = localAddress;
		this.sizes = sizes;
		this.textLimit = sizes.text();
		this.binaryLimit = sizes.binary();
	}

	WebSocketHandler handler() {
		return this.handler;
	}

	@Override
	public String getId() {
		String id = this.id;
		if (id == null) {
			id = getNativeSession().id();
			this.id = id;
		}
		return id;
	}

	/**
	 * Returns the URI of the handshake, with the scheme {@code ws} or {@code wss}.
	 */
	@Override
	public @Nullable URI getUri() {
		return (this.uri != null) ? URI.create(this.uri) : null;
	}

	/**
	 * Returns the header fields of the handshake. Each call makes new headers, as few
	 * applications ask, and Spring's headers are many times bigger than the server's.
	 */
	@Override
	public HttpHeaders getHandshakeHeaders() {
		HttpHeaders headers = new HttpHeaders();
		getNativeSession().handshake().headers().fields().forEach((field) -> headers.add(field.name(), field.value()));
		return HttpHeaders.readOnlyHttpHeaders(headers);
	}

	@Override
	public @Nullable Principal getPrincipal() {
		return getNativeSession().principal().orElse(null);
	}

	@Override
	public @Nullable InetSocketAddress getLocalAddress() {
		return this.localAddress;
	}

	@Override
	public @Nullable InetSocketAddress getRemoteAddress() {
		return getNativeSession().handshake().remoteAddress();
	}

	@Override
	public @Nullable String getAcceptedProtocol() {
		return getNativeSession().subprotocol().orElse(null);
	}

	/**
	 * Returns permessage-deflate if client and server agreed on it, with the parameters
	 * that differ from the defaults for the messages that the server sends (RFC 7692
	 * §7.1).
	 */
	@Override
	public List<WebSocketExtension> getExtensions() {
		SessionStats.Compression compression = SessionStats.of(getNativeSession()).compression();
		if (compression == null) {
			return List.of();
		}
		Map<String, String> parameters = new LinkedHashMap<>();
		if (!compression.contextTakeover()) {
			parameters.put("server_no_context_takeover", "");
		}
		if (compression.windowBits() < 15) {
			parameters.put("server_max_window_bits", Integer.toString(compression.windowBits()));
		}
		return List.of(new WebSocketExtension(PERMESSAGE_DEFLATE, parameters));
	}

	@Override
	public void setTextMessageSizeLimit(int limit) {
		this.sizes.check(limit);
		this.textLimit = limit;
	}

	@Override
	public int getTextMessageSizeLimit() {
		return this.textLimit;
	}

	@Override
	public void setBinaryMessageSizeLimit(int limit) {
		this.sizes.check(limit);
		this.binaryLimit = limit;
	}

	@Override
	public int getBinaryMessageSizeLimit() {
		return this.binaryLimit;
	}

	@Override
	public boolean isOpen() {
		return getNativeSession().isOpen();
	}

	@Override
	protected void sendTextMessage(TextMessage message) throws IOException {
		this.sender.text(getNativeSession(), message.getPayload(), message.isLast());
	}

	/** Leaves the position of the payload as it is, as the message may be sent again. */
	@Override
	protected void sendBinaryMessage(BinaryMessage message) throws IOException {
		this.sender.binary(getNativeSession(), message.getPayload().duplicate(), message.isLast());
	}

	@Override
	protected void sendPingMessage(PingMessage message) throws IOException {
		ByteBuffer payload = message.getPayload().duplicate();
		SessionSender.requireSent(getNativeSession().ping(payload));
	}

	@Override
	protected void sendPongMessage(PongMessage message) throws IOException {
		ByteBuffer payload = message.getPayload().duplicate();
		SessionSender.requireSent(getNativeSession().pong(payload));
	}

	/**
	 * Closes the session. A code that no Close frame may carry (RFC 6455 §7.4.1) is sent
	 * as 1002, as Tomcat does.
	 */
	@Override
	protected void closeInternal(CloseStatus status) {
		String reason = (status.getReason() != null) ? status.getReason() : "";
		io.wsboot.CloseStatus sent = new io.wsboot.CloseStatus(status.getCode(), reason);
		getNativeSession().close(sent.mayBeSent() ? sent : io.wsboot.CloseStatus.PROTOCOL_ERROR.withReason(reason));
	}

}
