package io.wsboot.server;

import io.wsboot.CloseStatus;
import io.wsboot.protocol.ProtocolListener.CloseCause;
import io.wsboot.server.WsServerObserver.CloseInitiator;
import io.wsboot.server.WsServerObserver.ErrorKind;

/**
 * What the end of a session gives back, and who hears of it before its handler does. On
 * the connection's loop.
 */
final class SessionEnd {

	private SessionEnd() {
	}

	static void giveBack(Session session) {
		Capacity capacity = session.server().capacity();
		session.endpointSessions().ended(session);
		capacity.removeSession(IpAddress.of(session.handshake().remoteAddress()));
		try {
			capacity.removePrincipal(session.principal().orElse(null));
		}
		finally {
			session.closed();
		}
	}

	static void tell(Session session, CloseStatus status, CloseCause cause, boolean timedOut, boolean weClosed) {
		WsServerObserver observer = session.server().observer();
		if (cause == CloseCause.VIOLATION) {
			observer.error(ErrorKind.PROTOCOL);
		}
		CloseInitiator initiator = switch (cause) {
			case PEER -> CloseInitiator.CLIENT;
			case LOCAL, VIOLATION -> CloseInitiator.SERVER;
			case LOST -> (timedOut || weClosed) ? CloseInitiator.SERVER : CloseInitiator.NETWORK;
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
