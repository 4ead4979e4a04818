package io.wsboot.spring.actuate;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Duration;

import io.wsboot.WsSession;
import io.wsboot.server.SessionStats;
import org.jspecify.annotations.Nullable;

/**
 * One session. Times are ISO 8601 durations; what the numbers count is said at
 * {@link SessionStats}.
 *
 * @param id its id
 * @param state whether messages can still be sent
 * @param endpoint the path of its endpoint, as registered
 * @param path the path that the client asked for, without the query, which may hold
 * secrets
 * @param principal who the client is, null if nobody has found out
 * @param remoteAddress the other end of the TCP connection, as address and port
 * @param origin the origin of the page that opened it, null if that was no browser
 * @param subprotocol the subprotocol agreed on, null if there is none
 * @param compression how messages are compressed, null if they are not
 * @param age since it was opened
 * @param idle since the client was heard last
 * @param roundTrip of the last Ping of the server that was answered, null if none was
 * @param messagesIn messages received
 * @param messagesOut messages sent
 * @param bytesIn payload bytes received
 * @param bytesOut payload bytes sent
 * @param pendingCalls callbacks that wait for a worker or are being made
 * @param queuedBytes bytes that wait for the client to read them
 * @param congested whether more than the high-water mark has to wait
 */
public record SessionDescription(String id, SessionStats.State state, String endpoint, String path,
		@Nullable String principal, @Nullable String remoteAddress, @Nullable String origin,
		@Nullable String subprotocol, SessionStats.@Nullable Compression compression, String age, String idle,
		@Nullable String roundTrip, long messagesIn, long messagesOut, long bytesIn, long bytesOut, int pendingCalls,
		long queuedBytes, boolean congested) {

	static SessionDescription of(WsSession session) {
		SessionStats stats = SessionStats.of(session);
		Duration roundTrip = stats.roundTrip();
		return new SessionDescription(session.id(), stats.state(), session.endpoint(), session.handshake().path(),
				session.principal().map(Principal::getName).orElse(null), address(session.handshake().remoteAddress()),
				session.handshake().origin().orElse(null), session.subprotocol().orElse(null), stats.compression(),
				stats.age().toString(), stats.idle().toString(), (roundTrip != null) ? roundTrip.toString() : null,
				stats.messagesIn(), stats.messagesOut(), stats.bytesIn(), stats.bytesOut(), stats.pendingCalls(),
				stats.queuedBytes(), stats.congested());
	}

	private static @Nullable String address(@Nullable InetSocketAddress remote) {
		return (remote == null) ? null : remote.getAddress().getHostAddress() + ":" + remote.getPort();
	}

}
