package io.wsboot.server.admission;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision.Refuse;
import io.wsboot.HandshakeRequest;
import io.wsboot.WsSession;
import org.jspecify.annotations.Nullable;

/**
 * One line at debug level for each client that is turned away: a handshake that is
 * refused, and a session that the server closes for a limit or a fault of the client.
 * Never at a higher level, as any client could then fill the log. Of what the client sent
 * a line holds path and origin only, without query and other header fields, which may be
 * secrets; both cut to length and in printable ASCII. Any thread.
 */
public final class RefusalLog {

	private static final System.Logger LOGGER = System.getLogger("io.wsboot.server.refusals");

	private static final int LONGEST = 200;

	private static final String NOTHING = "-";

	/** From here on codes are the application's own. */
	private static final int APPLICATION_CODES = 3000;

	private RefusalLog() {
	}

	/**
	 * A handshake has been refused.
	 * @param refusal how, and why
	 * @param request what was asked for; null if it was not understood, or never came
	 * @param client where it came from
	 */
	public static void refused(Refuse refusal, @Nullable HandshakeRequest request, @Nullable InetSocketAddress client) {
		if (LOGGER.isLoggable(Level.DEBUG)) {
			String reason = (refusal.reason() != null) ? refusal.reason() : "decided by the application";
			log("handshake refused with " + refusal.status() + " (" + printable(reason) + "): "
					+ origin(request, client));
		}
	}

	/** A connection is about to be closed before a request was read from it. */
	public static void notAccepted(String reason, SocketChannel connection) {
		if (LOGGER.isLoggable(Level.DEBUG)) {
			log("connection closed (" + reason + "): " + origin(null, addressOf(connection)));
		}
	}

	private static @Nullable InetSocketAddress addressOf(SocketChannel connection) {
		try {
			return (connection.getRemoteAddress() instanceof InetSocketAddress address) ? address : null;
		}
		catch (IOException ex) {
			return null; // it is gone already
		}
	}

	/**
	 * The server has closed or dropped a session. Ends in good order are not logged, nor
	 * are those that the application has chosen a code of its own for.
	 */
	public static void closed(WsSession session, CloseStatus status) {
		boolean inOrder = status.code() == CloseStatus.NORMAL.code() || status.code() == CloseStatus.GOING_AWAY.code();
		if (!inOrder && status.code() < APPLICATION_CODES && LOGGER.isLoggable(Level.DEBUG)) {
			String reason = !status.reason().isEmpty() ? printable(status.reason()) : "no reason given";
			log("session " + session.id() + " of " + session.endpoint() + " closed with " + status.code() + " ("
					+ reason + "): " + origin(session.handshake(), session.handshake().remoteAddress()));
		}
	}

	private static String origin(@Nullable HandshakeRequest request, @Nullable InetSocketAddress client) {
		String path = (request != null) ? printable(request.path()) : NOTHING;
		String origin = (request != null) ? request.origin().map(RefusalLog::printable).orElse(NOTHING) : NOTHING;
		return "path " + path + ", origin " + origin + ", client " + ((client != null) ? text(client) : NOTHING);
	}

	private static String text(InetSocketAddress client) {
		InetAddress address = client.getAddress(); // null if another server knows a name
													// only
		String host = (address != null) ? address.getHostAddress() : printable(client.getHostString());
		return ((host.indexOf(':') >= 0) ? "[" + host + "]" : host) + ":" + client.getPort();
	}

	private static String printable(String text) {
		StringBuilder printable = new StringBuilder(Math.min(text.length(), LONGEST) + 3);
		for (int i = 0; i < text.length() && i < LONGEST; i++) {
			char c = text.charAt(i);
			boolean ofOurOwn = c == '\u00A7'; // in the sections that reasons name
			printable.append((c >= ' ' && c <= '~') || ofOurOwn ? c : '?');
		}
		return printable.append((text.length() > LONGEST) ? "..." : "").toString();
	}

	/** A log that fails must not cost the connection. */
	private static void log(String line) {
		try {
			LOGGER.log(Level.DEBUG, line);
		}
		catch (RuntimeException | Error ex) {
			// nobody is left who could be told
		}
	}

}
