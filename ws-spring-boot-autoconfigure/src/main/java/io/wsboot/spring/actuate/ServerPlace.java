package io.wsboot.spring.actuate;

/**
 * Where clients find the server.
 *
 * @param port the TCP port, the server's own or the one that the server shares with a web
 * server; -1 if there is none
 * @param secure whether connections to the port are encrypted
 */
public record ServerPlace(int port, boolean secure) {

	String scheme() {
		return this.secure ? "wss" : "ws";
	}

}
