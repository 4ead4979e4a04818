package io.wsboot.server.spi;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import javax.net.ssl.SSLEngine;

import io.wsboot.Headers;

/**
 * The judgement on an {@link UpgradeRequest}: what the host is to answer, and how the
 * connection is handed over behind the answer. Room is reserved for the session of an
 * accepted upgrade; the host must call one {@code adopt} method, or {@link #abandon}. Any
 * thread may call all methods.
 * <p>
 * An upgrade that the host neither adopts nor abandons within the handshake timeout, or
 * before the server stops, is abandoned. An {@code adopt} that comes too late closes the
 * connection on the calling thread, without a further word. An {@code adopt} that throws
 * {@link IllegalStateException} or {@link IllegalArgumentException} leaves the connection
 * to the host.
 */
public interface Upgrade {

	/**
	 * Returns the status of the answer.
	 * @return 101 if the upgrade is accepted, else 400 to 599
	 */
	int status();

	/**
	 * Returns the header fields of the answer. An accepted upgrade has all fields of RFC
	 * 6455 §4.2.2, {@code Upgrade} and {@code Connection} included. A refusal has neither
	 * of these in HTTP/2 (RFC 9113 §8.2.2), and never a field that tells how long the
	 * answer is.
	 * @return the fields
	 */
	Headers headers();

	/**
	 * Tells whether the upgrade is accepted.
	 * @return true if the status is 101
	 */
	default boolean isAccepted() {
		return status() == 101;
	}

	/**
	 * Takes over a plain socket, of which the host must not read or write a byte from now
	 * on, and for which no selector of the host's may watch.
	 * @param socket the socket, in non-blocking mode; the server closes the socket before
	 * the server calls the owner
	 * @param received the bytes that the host has read behind the request; copied
	 * @param owner frees what the host keeps for the socket; called once, on an event
	 * loop, or on the calling thread if the call comes too late
	 * @throws IllegalArgumentException if the socket is in blocking mode
	 * @throws IllegalStateException if the upgrade is refused, or adopted already
	 */
	void adopt(SocketChannel socket, ByteBuffer received, Closeable owner);

	/**
	 * Takes over a socket inside TLS. The TLS handshake must have finished, and the
	 * answer must have been written. The server sends close_notify (RFC 8446 §6.1).
	 * @param socket the socket, in non-blocking mode; the server closes the socket before
	 * the server calls the owner
	 * @param engine the TLS engine of the connection
	 * @param sealed the records that the host has read and not decrypted, the last one
	 * perhaps in part; copied
	 * @param received the bytes that the host has read and decrypted behind the request;
	 * copied
	 * @param owner frees what the host keeps for the socket; called once, on an event
	 * loop, or on the calling thread if the call comes too late
	 * @throws IllegalArgumentException if the socket is in blocking mode
	 * @throws IllegalStateException if the upgrade is refused, or adopted already
	 */
	void adopt(SocketChannel socket, SSLEngine engine, ByteBuffer sealed, ByteBuffer received, Closeable owner);

	/**
	 * Speaks over a wire: the host keeps the socket.
	 * @param wire moves bytes for the host
	 * @param received the bytes that the host has read behind the request and does not
	 * return from {@link Wire#read}; copied
	 * @return tells the server what happens to the socket
	 * @throws IllegalStateException if the upgrade is refused, or adopted already
	 */
	WireEvents adopt(Wire wire, ByteBuffer received);

	/**
	 * Gives back what is reserved for the session, as the answer cannot be sent. Does
	 * nothing if the upgrade is refused, adopted, or abandoned already.
	 */
	void abandon();

}
