package io.wsboot.spring.context;

import io.wsboot.server.WsServer;
import org.jspecify.annotations.Nullable;

/**
 * Where the endpoints of a running server are.
 *
 * @param port the TCP port that clients use: the one of the server's own listener if
 * there is one, else the one that is shared; -1 if there is no TCP port
 * @param secure whether connections to the port are encrypted
 * @param text tells people where, in logs
 */
record ServedAt(int port, boolean secure, String text) {

	static final ServedAt NOWHERE = new ServedAt(-1, false, "nowhere");

	/** The place of a server, whose web server has started if there is one. */
	static ServedAt of(WsServer server, @Nullable SharedPort shared) {
		if (shared == null) {
			return new ServedAt(server.port(), server.isSecure(), own(server));
		}
		if (!server.isListening()) {
			return new ServedAt(shared.port(), shared.isSecure(), text(shared));
		}
		String both = own(server) + " and " + text(shared);
		return (server.port() > 0) ? new ServedAt(server.port(), server.isSecure(), both)
				: new ServedAt(shared.port(), shared.isSecure(), both);
	}

	private static String own(WsServer server) {
		return ((server.port() > 0) ? "port " + server.port() : server.options().address().toString())
				+ (server.isSecure() ? " (wss)" : "");
	}

	private static String text(SharedPort shared) {
		String path = shared.contextPath();
		return "the web server's port " + shared.port() + " (" + (shared.isSecure() ? "https" : "http")
				+ (path.isEmpty() ? "" : ", context path '" + path + "'") + ")";
	}

	@Override
	public String toString() {
		return this.text;
	}

}
