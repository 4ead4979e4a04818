package io.wsboot.protocol;

import java.nio.ByteBuffer;

import io.wsboot.EndpointOptions;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.Headers;
import io.wsboot.handshake.HandshakeLimits;
import io.wsboot.handshake.MalformedRequest;
import io.wsboot.handshake.OpeningHandshake;
import io.wsboot.handshake.RequestHead;
import io.wsboot.handshake.RequestReader;
import io.wsboot.handshake.ResponseWriter;
import org.jspecify.annotations.Nullable;

/**
 * The opening handshake of one connection (RFC 6455 §4.2): reads the request and writes
 * the response. Knows nothing of frames. Not thread-safe.
 */
public final class RequestStage {

	private final ServerProtocol protocol;

	private final HandshakeListener listener;

	private final Compression.Offer compression;

	/** Null once the head is complete; it holds all bytes of the head. */
	private @Nullable RequestReader reader;

	private @Nullable RequestHead head;

	private int size;

	private HandshakeDecision.@Nullable Refuse fault;

	RequestStage(ServerProtocol protocol, ProtocolLimits limits, Compression.Offer compression,
			HandshakeListener listener) {
		this.protocol = protocol;
		this.listener = listener;
		this.compression = compression;
		this.reader = new RequestReader(
				new HandshakeLimits(limits.maxRequestLine(), limits.maxHeadersSize(), limits.maxHeaders()));
	}

	/**
	 * Reads up to the end of the head, and tells the listener of the request. Bytes that
	 * are no HTTP request are answered at once.
	 */
	void receive(ByteBuffer in) {
		try {
			RequestHead head = read(in);
			if (head != null) {
				this.protocol.decide();
				this.listener.onRequest(head.method(), new HandshakeRequest(head.path(), head.query(), head.headers()),
						this.fault);
			}
		}
		catch (MalformedRequest ex) {
			answer(ex.refusal().status(), ex.refusal().headers());
			this.listener.onRefused(ex.refusal());
		}
	}

	/** The head, once it is complete. */
	private @Nullable RequestHead read(ByteBuffer in) {
		if (this.reader != null) {
			this.head = this.reader.read(in);
			this.size = this.reader.held();
			if (this.head != null) {
				this.fault = OpeningHandshake.examine(this.head);
				this.reader = null;
			}
		}
		return this.head;
	}

	/** Bytes of memory for the head, or for the part of it that has arrived. */
	int held() {
		return this.size;
	}

	/**
	 * Accepts the request: {@linkplain ServerProtocol#open opens} the connection and
	 * writes 101 (RFC 6455 §4.2.2).
	 * @param decision the decision
	 * @param options the subprotocols of the endpoint, and how it takes messages
	 * @param limits bound frames and messages
	 * @param listener is told what happens on the open connection
	 * @return the agreement with the client
	 * @throws IllegalArgumentException if the decision does not fit the request; nothing
	 * has been written then, and the request waits for another decision
	 */
	public Agreement accept(HandshakeDecision.Accept decision, EndpointOptions options, ProtocolLimits limits,
			ProtocolListener listener) {
		RequestHead head = head();
		if (this.fault != null) {
			throw new IllegalArgumentException("the request is no opening handshake (RFC 6455 §4.2.1)");
		}
		Agreement agreement = Agreement.of(head.headers(), decision, options.subprotocols(), this.compression);
		ByteBuffer response = ResponseWriter.accept(head, agreement.subprotocol(), agreement.deflate(),
				decision.headers());
		this.protocol.open(agreement, options, limits, listener);
		this.listener.writeResponse(response);
		return agreement;
	}

	/**
	 * Refuses the request. The conversation is over then, without {@code onClosed}.
	 * @param refusal the decision
	 * @throws IllegalArgumentException if the decision makes no valid response; nothing
	 * has been written then, and the request waits for another decision
	 */
	public void refuse(HandshakeDecision.Refuse refusal) {
		answer(refusal.status(), refusal.headers());
	}

	/**
	 * Answers the request as {@link #refuse} does, with any HTTP status.
	 * @param status an HTTP status whose response has content
	 * @param fields more header fields
	 */
	public void answer(int status, Headers fields) {
		ByteBuffer response = ResponseWriter.answer(status, fields, this.head, this.protocol.scratch().date());
		this.protocol.release(State.CLOSED);
		this.listener.writeResponse(response);
	}

	private RequestHead head() {
		if (this.head == null) {
			throw new IllegalStateException("there is no request yet");
		}
		return this.head;
	}

}
