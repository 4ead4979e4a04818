package io.wsboot.protocol;

import java.nio.ByteBuffer;
import java.util.List;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.Headers;
import io.wsboot.deflate.MessageInflater;
import io.wsboot.handshake.DeflateParameters;
import io.wsboot.handshake.HandshakeLimits;
import io.wsboot.handshake.MalformedRequest;
import io.wsboot.handshake.OpeningHandshake;
import io.wsboot.handshake.RequestHead;
import io.wsboot.handshake.RequestReader;
import io.wsboot.handshake.ResponseWriter;
import org.jspecify.annotations.Nullable;

/**
 * The opening handshake of one conversation (RFC 6455 §4.2): the request as it is read,
 * and the response to it.
 */
final class RequestStage {

	private final ServerProtocol protocol;

	/** Until there is a head; it holds all its bytes. */
	private @Nullable RequestReader reader;

	private @Nullable RequestHead head;

	private int size;

	private final Compression.Offer compression;

	private HandshakeDecision.@Nullable Refuse fault;

	private @Nullable String subprotocol;

	private @Nullable DeflateParameters deflate;

	RequestStage(ServerProtocol protocol, ProtocolLimits limits, Compression.Offer compression) {
		this.protocol = protocol;
		this.compression = compression;
		this.reader = new RequestReader(
				new HandshakeLimits(limits.maxRequestLine(), limits.maxHeadersSize(), limits.maxHeaders()));
	}

	/**
	 * Reads up to the end of the head, and tells of the request; or answers what is no
	 * HTTP request that anybody could decide about.
	 */
	void receive(ByteBuffer in) {
		try {
			RequestHead head = read(in);
			if (head != null) {
				this.protocol.decide();
				this.protocol.listener()
					.onRequest(head.method(), new HandshakeRequest(head.path(), head.query(), head.headers()),
							this.fault);
			}
		}
		catch (MalformedRequest ex) {
			this.protocol.answer(answer(ex.refusal().status(), ex.refusal().headers()));
			this.protocol.listener().onRefused(ex.refusal());
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

	/** Memory for the head, or what has come of it. */
	int held() {
		return this.size;
	}

	/**
	 * The response that opens the connection.
	 * @throws IllegalArgumentException if the decision does not fit the request
	 */
	ByteBuffer accept(HandshakeDecision.Accept decision, List<String> ours) {
		RequestHead head = head();
		if (this.fault != null) {
			throw new IllegalArgumentException("the request is no opening handshake (RFC 6455 §4.2.1)");
		}
		List<String> offered = head.headers().list("Sec-WebSocket-Protocol");
		this.subprotocol = (decision.subprotocol() != null) ? chosen(decision.subprotocol(), offered)
				: OpeningHandshake.chooseSubprotocol(ours, offered);
		this.deflate = (this.compression == Compression.Offer.NONE) ? null
				: DeflateParameters.agree(head.headers(), this.compression.serverKeeps, this.compression.clientKeeps);
		return ResponseWriter.accept(head, this.subprotocol, this.deflate, decision.headers());
	}

	/** The server may only choose what the client offers (RFC 6455 §4.2.2). */
	private static String chosen(String subprotocol, List<String> offered) {
		if (!offered.contains(subprotocol)) {
			throw new IllegalArgumentException("subprotocol " + subprotocol + " was not offered (RFC 6455 §4.2.2)");
		}
		return subprotocol;
	}

	/** What has come of {@link #accept}. */
	Agreement agreement() {
		return new Agreement(this.subprotocol, Compression.of(this.deflate));
	}

	/** For incoming messages; null unless compression was agreed on. */
	@Nullable MessageInflater inflater() {
		return (this.deflate == null) ? null
				: new MessageInflater(this.protocol.scratch().inflaters(), !this.deflate.clientNoContextTakeover());
	}

	/** The response to a request that opens nothing. */
	ByteBuffer answer(int status, Headers fields) {
		return ResponseWriter.answer(status, fields, this.head, this.protocol.scratch().date());
	}

	private RequestHead head() {
		if (this.head == null) {
			throw new IllegalStateException("there is no request yet");
		}
		return this.head;
	}

}
