package io.wsboot;

import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One open WebSocket connection. All methods may be called from any thread. Messages
 * never interleave, and the messages of one thread keep their order. No method throws
 * because of what the peer does.
 */
public interface WsSession {

	/**
	 * Returns the session's id: 128 random bits, which the client neither chooses nor can
	 * guess.
	 * @return 32 hexadecimal digits
	 */
	String id();

	/**
	 * Returns the endpoint's path as it was registered, such as {@code /chat/{room}}.
	 * @return the path template
	 */
	String endpoint();

	/**
	 * Returns the handshake that opened the session.
	 * @return the handshake request
	 */
	HandshakeRequest handshake();

	/**
	 * Returns the subprotocol that client and server agreed on (RFC 6455 §1.9).
	 * @return the subprotocol's name; empty if they agreed on none
	 */
	Optional<String> subprotocol();

	/**
	 * Returns who the client is.
	 * @return the principal; empty if the handshake did not authenticate the client
	 */
	Optional<Principal> principal();

	/**
	 * Returns the session's attributes, which are the application's own data.
	 * @return a modifiable map for use by several threads, without null keys and null
	 * values
	 */
	Map<String, Object> attributes();

	/**
	 * Tells whether the session can send messages. A session stops being open with the
	 * first call of {@link #close(CloseStatus)}, or when the server answers the peer's
	 * Close frame. If callbacks run on workers, the server answers when the callbacks
	 * have processed all messages that arrived before the Close frame.
	 * @return true if the session can send messages
	 */
	boolean isOpen();

	/**
	 * Returns how many bytes wait in the outbound queue.
	 * @return the bytes of all waiting frames with their headers, 0 or more
	 */
	long queuedBytes();

	/**
	 * Sends a text message. With the overflow policy {@code block}, this method and the
	 * other methods that send messages block while the outbound queue is full, except on
	 * event loops. A blocked method returns {@link SendResult#CLOSED} when the session
	 * ends, or when the thread is interrupted; an interrupt closes the session with 1013.
	 * @param text the text; unpaired surrogates are sent as {@code ?}
	 * @return what became of the message
	 */
	SendResult send(String text);

	/**
	 * Sends a binary message.
	 * @param payload the payload from position to limit. The bytes are copied or sent
	 * before this method returns, so the buffer may be reused; the buffer's position is
	 * then at its limit, whatever became of the message
	 * @return what became of the message
	 */
	SendResult send(ByteBuffer payload);

	/**
	 * Sends a message.
	 * @param message the message
	 * @return what became of the message
	 */
	default SendResult send(Message message) {
		return (message instanceof Message.Text text) ? send(text.text()) : send(((Message.Binary) message).payload());
	}

	/**
	 * Converts an object with the server's {@link PayloadConverter} and sends the
	 * message. The Spring Boot starter sends strings as text messages, bytes as binary
	 * messages and all other objects as JSON text. The converter does not know the
	 * declared type of the object;
	 * {@link PayloadConverter#toMessage(Object, java.lang.reflect.Type)} takes a declared
	 * type.
	 * @param payload the object
	 * @return what became of the message
	 * @throws IllegalArgumentException if the converter cannot convert the object
	 */
	SendResult convertAndSend(Object payload);

	/**
	 * Sends the latest message for a key, such as the price of a share. With the overflow
	 * policy {@code conflate}, the message replaces a waiting message with the same key;
	 * with other overflow policies this method is the same as {@link #send(Message)}.
	 * @param key the key, compared by {@code equals}
	 * @param message the message
	 * @return what became of the message
	 */
	SendResult sendLatest(Object key, Message message);

	/**
	 * Converts an object as {@link #convertAndSend} does and sends the message as
	 * {@link #sendLatest} does.
	 * @param key the key, compared by {@code equals}
	 * @param payload the object
	 * @return what became of the message
	 * @throws IllegalArgumentException if the converter cannot convert the object
	 */
	SendResult convertAndSendLatest(Object key, Object payload);

	/**
	 * Sends a message and tells when the message has left. The message waits in the same
	 * outbound queue and within the same limits as other messages.
	 * @param message the message
	 * @return a stage that completes when the operating system has taken the last byte of
	 * the message, and fails with {@link SessionClosedException} or
	 * {@link MessageDroppedException}. Dependent actions run, in no particular order, on
	 * the thread that completes the stage: an event loop, or any thread that sends to the
	 * session. Dependent actions may send, also to this session, but must not block
	 */
	CompletionStage<Void> sendAsync(Message message);

	/**
	 * Begins a text message of unknown length, which is sent in parts. Parts are not
	 * compressed.
	 * @return the message. A surrogate pair may be divided between two parts; unpaired
	 * surrogates are sent as {@code ?}
	 */
	StreamedMessage<CharSequence> streamText();

	/**
	 * Begins a binary message of unknown length, which is sent in parts. Parts are not
	 * compressed.
	 * @return the message, which sends each part from position to limit. The bytes of a
	 * part are copied or sent before {@code send} returns; the buffer's position is then
	 * at its limit, unless the part was {@linkplain SendResult#DROPPED dropped}
	 */
	StreamedMessage<ByteBuffer> streamBinary();

	/**
	 * Begins a text message of unknown length and returns a writer for the message. The
	 * writer blocks while the peer reads too slowly, where {@link #streamText()} would
	 * return a {@link SendResult}. {@link Writer#flush()} sends what has been written as
	 * a part; {@link Writer#close()} ends the message.
	 * @return a writer for one thread at a time, which throws an {@code IOException}
	 * after the session has been closed
	 * @throws IllegalStateException on an event loop, which must not block
	 */
	Writer textWriter();

	/**
	 * Begins a binary message of unknown length and returns a stream for the message. The
	 * stream blocks while the peer reads too slowly, where {@link #streamBinary()} would
	 * return a {@link SendResult}. {@link OutputStream#flush()} sends what has been
	 * written as a part; {@link OutputStream#close()} ends the message.
	 * @return a stream for one thread at a time, which throws an {@code IOException}
	 * after the session has been closed
	 * @throws IllegalStateException on an event loop, which must not block
	 */
	OutputStream binaryOutputStream();

	/**
	 * Sends a Ping (RFC 6455 §5.5.2). {@link WsHandler#onPong} is called with the peer's
	 * Pong.
	 * @param payload at most 125 bytes from position to limit, copied before this method
	 * returns; the buffer's position is then at its limit
	 * @return what became of the Ping
	 * @throws IllegalArgumentException if the payload has more than 125 bytes
	 */
	SendResult ping(ByteBuffer payload);

	/**
	 * Sends an unsolicited Pong (RFC 6455 §5.5.3), which no peer answers. The server
	 * answers Pings by itself.
	 * @param payload at most 125 bytes from position to limit, copied before this method
	 * returns; the buffer's position is then at its limit
	 * @return what became of the Pong
	 * @throws IllegalArgumentException if the payload has more than 125 bytes
	 */
	SendResult pong(ByteBuffer payload);

	/**
	 * Waits until the outbound queue has room for a message, whatever the overflow
	 * policy: until nothing is queued, or until the queue with the message is not above
	 * the high-water mark. A thread that always waits before it sends, and is the only
	 * one to send, never meets the overflow policy.
	 * @param bytes payload bytes of the message
	 * @return true if there is room now. False if the session is over, or if the thread
	 * is interrupted, whose interrupt status is set then; false on an event loop, which
	 * must not wait, if there is no room. What an event loop has sent since its last read
	 * does not count yet
	 */
	boolean awaitRoom(int bytes);

	/**
	 * Runs a task in order with the session's callbacks: where the callbacks run, after
	 * the callbacks that wait already, and never at the same time as a callback.
	 * {@link WsHandler#onError} is called with what the task throws. The task is not run
	 * if the session is no longer {@linkplain #isOpen open} when the task's turn comes.
	 * @param task the task
	 */
	void execute(Task task);

	/** Closes the session with 1000, as {@link #close(CloseStatus)} does. */
	default void close() {
		close(CloseStatus.NORMAL);
	}

	/**
	 * Starts the closing handshake (RFC 6455 §7.1.2) after all messages that were sent
	 * before. Only the first call has an effect. A {@link StreamedMessage} that is not
	 * finished is abandoned, and messages that wait for its end are not sent. The handler
	 * gets no further callback but {@link WsHandler#onClose}, not even for messages that
	 * have arrived. A stream from which the handler reads a message throws
	 * {@link IncompleteMessageException}, unless the message has arrived whole.
	 * @param status the status to send
	 * @throws IllegalArgumentException if the status must not be sent, see
	 * {@link CloseStatus#mayBeSent()}
	 */
	void close(CloseStatus status);

	/** A task to {@linkplain #execute execute} with a session. */
	@FunctionalInterface
	interface Task {

		/**
		 * Runs the task.
		 * @param session the open session
		 * @throws Exception if the task fails, see {@link WsHandler#onError}
		 */
		void run(WsSession session) throws Exception;

	}

}
