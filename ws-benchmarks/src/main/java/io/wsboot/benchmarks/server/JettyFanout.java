package io.wsboot.benchmarks.server;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** Sends what comes to all. */
public final class JettyFanout extends Session.Listener.AbstractAutoDemanding {

	private final Group group;

	JettyFanout(Group group) {
		this.group = group;
	}

	@Override
	public void onWebSocketOpen(Session session) {
		super.onWebSocketOpen(session);
		this.group.members.add(session);
	}

	@Override
	public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
		ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
		callback.succeed();
		for (Session member : this.group.members) {
			member.sendBinary(copy.duplicate(), Callback.NOOP);
		}
	}

	@Override
	public void onWebSocketClose(int statusCode, String reason, Callback callback) {
		this.group.members.remove(getSession());
		callback.succeed();
	}

	@Override
	public void onWebSocketError(Throwable cause) {
		// the load resets its connections
	}

	/** Who gets what is said. */
	static final class Group {

		private final Set<Session> members = ConcurrentHashMap.newKeySet();

	}

}
