package io.wsboot.spring.actuate;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Duration;

import io.wsboot.WsSession;
import io.wsboot.server.spi.Carrier;
import io.wsboot.server.spi.SessionStats;
import org.jspecify.annotations.Nullable;

/**
 * One session. Times are ISO 8601 durations; {@link SessionStats} defines the counts.
 *
 * @param id the session's id
 * @param state whether messages can still be sent
 * @param endpoint the path of the endpoint, as registered
 * @param path the path that the client requested, without the query, which may hold
 * secrets
 * @param principal the name of the client's principal, null if there is none
 * @param remoteAddress address and port of the other end of the TCP connection, or of the
 * client that a trusted proxy names; null for a client of a Unix-domain socket whose
 * address nobody names
 * @param origin the origin of the page that opened the session, null if the client is no
 * browser
 * @param subprotocol the selected subprotocol, null if there is none
 * @param compression how messages are compressed, null if they are not
 * @param age since the session was opened
 * @param idle since the client was last heard
 * @param roundTrip round-trip time of the server's last answered Ping, null if none was
 * answered
 * @param messagesIn messages received
 * @param messagesOut messages sent
 * @param bytesIn payload bytes received
 * @param bytesOut payload bytes sent
 * @param pendingCalls callbacks that wait for a worker or are under way
 * @param queuedBytes bytes that wait for the client to read them
 * @param congested whether more bytes wait than the high-water mark
 * @param carrier what carries the session's bytes: a socket of the server's own listener,
 * a socket of the web server that has been taken over, or a wire to the web server
 */
public record SessionDescription(String id, SessionStats.State state, String endpoint, String path,
		@Nullable String principal, @Nullable String remoteAddress, @Nullable String origin,
		@Nullable String subprotocol, SessionStats.@Nullable Compression compression, String age, String idle,
		@Nullable String roundTrip, long messagesIn, long messagesOut, long bytesIn, long bytesOut, int pendingCalls,
		long queuedBytes, boolean congested, Carrier carrier) {

	static SessionDescription of(WsSession session) {
		SessionStats stats = SessionStats.of(session);
		Duration roundTrip = stats.roundTrip();
		return new SessionDescription(session.id(), stats.state(), session.endpoint(), session.handshake().path(),
				session.principal().map(Principal::getName).orElse(null), address(session.handshake().remoteAddress()),
				session.handshake().origin().orElse(null), session.subprotocol().orElse(null), stats.compression(),
				stats.age().toString(), stats.idle().toString(), (roundTrip != null) ? roundTrip.toString() : null,
				stats.messagesIn(), stats.messagesOut(), stats.bytesIn(), stats.bytesOut(), stats.pendingCalls(),
				stats.queuedBytes(), stats.congested(), stats.carrier());
	}

	private static @Nullable String address(@Nullable InetSocketAddress remote) {
		if (remote == null) {
			return null;
		}
		InetAddress address = remote.getAddress(); // null if a web server knows a name
													// only
		return ((address != null) ? address.getHostAddress() : remote.getHostString()) + ":" + remote.getPort();
	}

}
