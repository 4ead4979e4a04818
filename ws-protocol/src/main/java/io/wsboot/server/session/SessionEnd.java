package io.wsboot.server.session;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision.Expiry;
import io.wsboot.protocol.ProtocolListener.CloseCause;
import io.wsboot.server.address.IpAddress;
import io.wsboot.server.admission.Capacity;
import io.wsboot.server.admission.RefusalLog;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.loop.TimerWheel.Timer;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.spi.WsServerObserver.CloseInitiator;
import io.wsboot.server.spi.WsServerObserver.ErrorKind;
import org.jspecify.annotations.Nullable;

/**
 * The end of a session: the expiry that the handshake has set, the resources that the
 * session frees, and the observers that hear of the end before the handler does. All
 * methods run on the connection's loop.
 */
final class SessionEnd {

	private SessionEnd() {
	}

	/**
	 * Closes a session when it expires.
	 * @param expiry when and why; null if the session does not expire
	 * @return the timer; null if the session does not expire
	 */
	static @Nullable Timer schedule(Session session, @Nullable Expiry expiry) {
		if (expiry == null) {
			return null;
		}
		SessionLink link = session.link();
		Timer timer = Timer.of(() -> link.execute(() -> link.close(expiry.status(), false)));
		EventLoop loop = session.loop();
		loop.timers().schedule(timer, loop.now() + expiry.after().toNanos());
		return timer;
	}

	/** Frees what the session holds of the server, and closes the session to senders. */
	static void giveBack(Session session, @Nullable Timer expiry) {
		if (expiry != null) {
			session.loop().timers().cancel(expiry);
		}
		Capacity capacity = session.server().capacity();
		session.endpointSessions().ended(session);
		capacity.removeSession(IpAddress.of(session.handshake().remoteAddress()));
		try {
			capacity.removePrincipal(session.principal().orElse(null));
		}
		finally {
			session.closed();
			session.server().topics().ended(session.output());
		}
	}

	/**
	 * Tells the observer, and the log if the server has ended the session.
	 * @param status the status that the handler gets
	 * @param cause what ended the conversation with the peer
	 * @param byServer whether the server has given the connection up before it was lost
	 */
	static void tell(Session session, CloseStatus status, CloseCause cause, boolean byServer) {
		WsServerObserver observer = session.server().observer();
		if (cause == CloseCause.VIOLATION) {
			observer.error(ErrorKind.PROTOCOL);
		}
		CloseInitiator initiator = switch (cause) {
			case PEER -> CloseInitiator.CLIENT;
			case LOCAL, VIOLATION -> CloseInitiator.SERVER;
			case LOST -> byServer ? CloseInitiator.SERVER : CloseInitiator.NETWORK;
		};
		long age = session.loop().now() - session.link().since();
		observer.closed(session, status, initiator, age);
		if (initiator == CloseInitiator.SERVER) {
			RefusalLog.closed(session, status);
		}
		SessionTrace trace = session.trace();
		if (trace != null) {
			trace.ended(status, initiator);
		}
	}

}
