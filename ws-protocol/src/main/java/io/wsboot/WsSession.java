package io.wsboot;

import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One open WebSocket connection. Every method may be called from any thread; messages
 * never interleave, and those of one thread keep their order. None of them throws because
 * of what the peer does.
 */
public interface WsSession {

	/**
	 * A random name of 128 bits that the client neither chooses nor can guess.
	 * @return 32 hexadecimal digits
	 */
	String id();

	/**
	 * The endpoint's path as it was registered, such as {@code /chat/{room}}.
	 * @return the template
	 */
	String endpoint();

	/**
	 * The handshake that opened the session.
	 * @return the request
	 */
	HandshakeRequest handshake();

	/**
	 * The subprotocol agreed in the handshake (RFC 6455 §1.9).
	 * @return its name, or nothing if none was
	 */
	Optional<String> subprotocol();

	/**
	 * Who the client is, if the handshake found out.
	 * @return the principal
	 */
	Optional<Principal> principal();

	/**
	 * What the application keeps with the session. Safe for use by several threads.
	 * @return a modifiable map without null keys or values
	 */
	Map<String, Object> attributes();

	/**
	 * Whether messages can still be sent: false from the first
	 * {@link #close(CloseStatus)} on, or from our answer to the peer's Close frame on,
	 * which callbacks on workers delay until they have dealt with what came before.
	 * @return true if open
	 */
	boolean isOpen();

	/**
	 * Bytes that wait for the peer.
	 * @return frames with their headers, 0 or more
	 */
	long queuedBytes();

	/**
	 * Sends a text message. If the overflow policy is {@code block} and the session's
	 * queue is full, this and every other method that sends a message waits for room, on
	 * threads other than event loops; it returns {@link SendResult#CLOSED} when the
	 * session ends meanwhile, or when the thread is interrupted, which closes the session
	 * with 1013.
	 * @param text the text; unpaired surrogates are sent as {@code ?}
	 * @return what became of it
	 */
	SendResult send(String text);

	/**
	 * Sends a binary message.
	 * @param payload the bytes from position to limit. They are taken over before this
	 * method returns, so the buffer may be used again; its position is then at its limit
	 * @return what became of it
	 */
	SendResult send(ByteBuffer payload);

	/**
	 * Sends a message.
	 * @param message the message
	 * @return what became of it
	 */
	SendResult send(Message message);

	/**
	 * Sends an object as the server's {@link PayloadConverter} writes it; with the Spring
	 * Boot starter: strings as text, bytes as binary, everything else as JSON text. The
	 * converter sees the object without its declared type:
	 * {@link PayloadConverter#toMessage(Object, java.lang.reflect.Type)} takes one, where
	 * a list of a type with type ids is to be written as such.
	 * @param payload the object
	 * @return what became of it
	 */
	SendResult convertAndSend(Object payload);

	/**
	 * Sends the newest message about something, such as a price. With the overflow policy
	 * {@code conflate} it takes the place of one with the same key that still waits; with
	 * any other policy it is the same as {@link #send(Message)}.
	 * @param key of what it is the newest, compared by {@code equals}
	 * @param message the message
	 * @return what became of it
	 */
	SendResult sendLatest(Object key, Message message);

	/**
	 * The same as {@link #sendLatest} for an object, as {@link #convertAndSend} writes
	 * it.
	 * @param key of what it is the newest, compared by {@code equals}
	 * @param payload the object
	 * @return what became of it
	 */
	SendResult convertAndSendLatest(Object key, Object payload);

	/**
	 * Sends a message and tells when it has left. Waits in the same queue, under the same
	 * limits, as every other.
	 * @param message the message
	 * @return completes when the operating system has taken the last byte; fails with
	 * {@link SessionClosedException} or {@link MessageDroppedException}. Dependent
	 * actions run on the thread that completes it, which may be an event loop or any
	 * thread that sends to the session, in no particular order: do not block there. They
	 * may send, also to this session
	 */
	CompletionStage<Void> sendAsync(Message message);

	/**
	 * Sends a text message of unknown length piece by piece. Not compressed.
	 * @return takes the pieces; a pair of surrogates may be in two of them, and unpaired
	 * ones are sent as {@code ?}
	 */
	StreamedMessage<CharSequence> streamText();

	/**
	 * Sends a binary message of unknown length piece by piece. Not compressed.
	 * @return takes the pieces, from position to limit. They are taken over before
	 * {@code send} returns, and the buffer's position is then at its limit, unless they
	 * are {@linkplain SendResult#DROPPED dropped}
	 */
	StreamedMessage<ByteBuffer> streamBinary();

	/**
	 * The same as {@link #streamText()} as a writer that waits, when the peer takes what
	 * it is sent too slowly, instead of telling so. It gathers what is written up to
	 * {@link Writer#flush()}; {@link Writer#close()} ends the message.
	 * @return a writer, which throws an {@code IOException} once the session is closed
	 * @throws IllegalStateException on an event loop, which must not wait
	 */
	Writer textWriter();

	/**
	 * The same as {@link #streamBinary()} as a stream that waits, when the peer takes
	 * what it is sent too slowly, instead of telling so. It gathers what is written up to
	 * {@link OutputStream#flush()}; {@link OutputStream#close()} ends the message.
	 * @return a stream, which throws an {@code IOException} once the session is closed
	 * @throws IllegalStateException on an event loop, which must not wait
	 */
	OutputStream binaryOutputStream();

	/**
	 * Sends a Ping (RFC 6455 §5.5.2). The Pong comes to {@link WsHandler#onPong}.
	 * @param payload at most 125 bytes from position to limit, taken over before this
	 * method returns
	 * @return what became of it
	 * @throws IllegalArgumentException if there are more than 125 bytes
	 */
	SendResult ping(ByteBuffer payload);

	/**
	 * Runs something in turn with the callbacks of this session: never beside one of
	 * them, behind those that wait already, and where they run. What it throws goes to
	 * {@link WsHandler#onError}. It is not run if the session is not {@linkplain #isOpen
	 * open} when its turn comes.
	 * @param task what to do
	 */
	void execute(Task task);

	/**
	 * Closes with 1000, as {@link #close(CloseStatus)}.
	 */
	default void close() {
		close(CloseStatus.NORMAL);
	}

	/**
	 * Begins the closing handshake (RFC 6455 §7.1.2) behind all messages sent before.
	 * Only the first call counts. A {@link StreamedMessage} that is not finished breaks
	 * off, and what waits for its end is not sent. Of what waits for the handler nothing
	 * reaches it any more but {@link WsHandler#onClose}; a stream that it reads ends with
	 * an {@link IncompleteMessageException} unless its message has arrived whole.
	 * @param status why
	 * @throws IllegalArgumentException if the code must not be sent, see
	 * {@link CloseStatus#mayBeSent()}
	 */
	void close(CloseStatus status);

	/** Something to {@linkplain #execute do} with a session. */
	@FunctionalInterface
	interface Task {

		/**
		 * Does it.
		 * @param session the open session
		 * @throws Exception if it fails, see {@link WsHandler#onError}
		 */
		void run(WsSession session) throws Exception;

	}

}
