package io.wsboot.spring.actuate;

import java.net.InetSocketAddress;
import java.security.Principal;

import io.wsboot.WsSession;
import org.jspecify.annotations.Nullable;

/**
 * One open session.
 *
 * @param id its id
 * @param endpoint the path of its endpoint, as registered
 * @param path the path that the client asked for, without the query, which may hold
 * secrets
 * @param principal who the client is, null if nobody has found out
 * @param remoteAddress the other end of the TCP connection, as address and port
 * @param origin the origin of the page that opened it, null if that was no browser
 * @param subprotocol the subprotocol agreed on, null if there is none
 * @param open whether messages can still be sent
 * @param queuedBytes bytes that wait for the client to read them
 */
public record SessionDescription(String id, String endpoint, String path, @Nullable String principal,
		@Nullable String remoteAddress, @Nullable String origin, @Nullable String subprotocol, boolean open,
		long queuedBytes) {

	static SessionDescription of(WsSession session) {
		return new SessionDescription(session.id(), session.endpoint(), session.handshake().path(),
				session.principal().map(Principal::getName).orElse(null), address(session.handshake().remoteAddress()),
				session.handshake().origin().orElse(null), session.subprotocol().orElse(null), session.isOpen(),
				session.queuedBytes());
	}

	private static @Nullable String address(@Nullable InetSocketAddress remote) {
		return (remote == null) ? null : remote.getAddress().getHostAddress() + ":" + remote.getPort();
	}

}
