package io.wsboot.spring.endpoint;

import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Refuse;
import io.wsboot.HandshakeRequest;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.spring.annotation.MessageConversionException;
import io.wsboot.spring.endpoint.argument.HandshakeContext;
import io.wsboot.spring.endpoint.argument.HandshakeParameterBinder;
import io.wsboot.spring.endpoint.argument.HandshakeParameters;
import io.wsboot.spring.endpoint.argument.ReceivedPart;
import io.wsboot.spring.endpoint.reply.ReplyStreams;
import io.wsboot.spring.endpoint.validation.InvalidPayloadException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A {@link WsHandler} that calls the methods of an annotated bean. For an event that the
 * bean has no method for, the default of {@link WsHandler} applies.
 *
 * @param binder converts the parameters that come from the handshake
 * @param handshake the {@code @OnHandshake} method; null to accept every handshake
 * @param open the {@code @OnOpen} method
 * @param text the {@code @OnMessage} method for text; its event is a {@code String}, a
 * {@code Reader}, or a {@link ReceivedPart}
 * @param binary the {@code @OnMessage} method for binary messages; its event is a
 * {@code ByteBuffer}, an {@code InputStream}, or a {@link ReceivedPart}
 * @param pong the {@code @OnPong} method; its event is a {@code ByteBuffer}
 * @param close the {@code @OnClose} method; its event is a {@link CloseStatus}
 * @param errors the {@code @OnError} methods
 * @param streams the replies that are still being published
 */
record AnnotatedEndpoint(HandshakeParameterBinder binder, @Nullable HandshakeCallback handshake,
		@Nullable HandlerMethod<WsSession> open, @Nullable HandlerMethod<WsSession> text,
		@Nullable HandlerMethod<WsSession> binary, @Nullable HandlerMethod<WsSession> pong,
		@Nullable HandlerMethod<WsSession> close, ErrorCallbacks errors, ReplyStreams streams) implements WsHandler {

	private static final Log logger = LogFactory.getLog(AnnotatedEndpoint.class);

	static final Refuse BAD_PARAMETERS = HandshakeDecision.refuse(400)
		.withReason("a parameter of the endpoint's methods is missing or not of its type");

	@Override
	public CompletionStage<HandshakeDecision> onHandshake(HandshakeRequest request) throws Exception {
		HandshakeParameters parameters = this.binder.bind(request);
		if (parameters == null) {
			return CompletableFuture.completedFuture(BAD_PARAMETERS);
		}
		if (this.handshake == null) {
			return CompletableFuture.completedFuture(keeping(parameters, HandshakeDecision.accept()));
		}
		return this.handshake.judge(new HandshakeContext(request, parameters))
			.thenApply((decision) -> keeping(parameters, decision));
	}

	@Override
	public void onOpen(WsSession session) throws Exception {
		call(this.open, session, null);
	}

	@Override
	public void onText(WsSession session, String message) throws Exception {
		if (this.text != null) {
			this.text.call(session, message);
		}
		else {
			WsHandler.super.onText(session, message);
		}
	}

	@Override
	public void onBinary(WsSession session, ByteBuffer payload) throws Exception {
		if (this.binary != null) {
			this.binary.call(session, payload);
		}
		else {
			WsHandler.super.onBinary(session, payload);
		}
	}

	@Override
	public void onTextPart(WsSession session, String part, boolean last) throws Exception {
		call(this.text, session, new ReceivedPart(part, last));
	}

	@Override
	public void onBinaryPart(WsSession session, ByteBuffer part, boolean last) throws Exception {
		call(this.binary, session, new ReceivedPart(part, last));
	}

	@Override
	public void onTextStream(WsSession session, Reader message) throws Exception {
		call(this.text, session, message);
	}

	@Override
	public void onBinaryStream(WsSession session, InputStream message) throws Exception {
		call(this.binary, session, message);
	}

	@Override
	public void onPong(WsSession session, ByteBuffer payload) throws Exception {
		call(this.pong, session, payload);
	}

	@Override
	public void onDrained(WsSession session) {
		this.streams.drained(session);
	}

	@Override
	public void onClose(WsSession session, CloseStatus status) throws Exception {
		this.streams.closed(session);
		call(this.close, session, status);
	}

	@Override
	public void onError(WsSession session, Throwable error) throws Throwable {
		if (this.errors.call(session, error)) {
			return;
		}
		if (error instanceof MessageConversionException) {
			logger.debug("Session " + session.id() + " sent what endpoint " + session.endpoint() + " cannot read",
					error);
			session.close(CloseStatus.INVALID_PAYLOAD.withReason("unreadable message"));
		}
		else if (error instanceof InvalidPayloadException) {
			logger.debug("Session " + session.id() + " sent what endpoint " + session.endpoint() + " does not allow",
					error);
			session.close(CloseStatus.INVALID_PAYLOAD.withReason("invalid message"));
		}
		else {
			WsHandler.super.onError(session, error);
		}
	}

	private static void call(@Nullable HandlerMethod<WsSession> callback, WsSession session, @Nullable Object event)
			throws Exception {
		if (callback != null) {
			callback.call(session, event);
		}
	}

	private HandshakeDecision keeping(HandshakeParameters parameters, HandshakeDecision decision) {
		if (decision instanceof HandshakeDecision.Accept accept && !this.binder.isEmpty()) {
			return accept.withAttribute(HandshakeParameters.ATTRIBUTE, parameters);
		}
		return decision;
	}

}
