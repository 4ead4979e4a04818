package io.wsboot.benchmarks.server;

import java.nio.ByteBuffer;

import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** Sends back what comes. */
public final class JettyEcho extends Session.Listener.AbstractAutoDemanding {

	@Override
	public void onWebSocketText(String message) {
		getSession().sendText(message, Callback.NOOP);
	}

	@Override
	public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
		getSession().sendBinary(payload, callback);
	}

	@Override
	public void onWebSocketError(Throwable cause) {
		// the load resets its connections
	}

}
