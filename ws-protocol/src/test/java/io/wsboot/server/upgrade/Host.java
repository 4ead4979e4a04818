package io.wsboot.server.upgrade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import javax.net.ssl.SSLEngine;

import io.wsboot.HandshakeRequest;
import io.wsboot.Headers;
import io.wsboot.server.spi.Upgrade;
import io.wsboot.server.spi.UpgradeRequest;
import io.wsboot.server.spi.Upgrades;
import org.jspecify.annotations.Nullable;

/**
 * A server with a port of its own that reads requests, has them judged, sends the answer,
 * and hands over the connection: as plain as a host can be.
 */
public final class Host implements AutoCloseable {

	private final Upgrades upgrades;

	private final HandOver handOver;

	private final @Nullable Supplier<SSLEngine> tls;

	private final ServerSocketChannel listener;

	private final HostPoller poller = new HostPoller();

	/** How a host hands a connection over behind the 101. */
	@FunctionalInterface
	public interface HandOver {

		void accept(Upgrade upgrade, HostConnection connection, HostPoller poller) throws IOException;

	}

	public Host(Upgrades upgrades, HandOver handOver) {
		this(upgrades, handOver, null);
	}

	/**
	 * A host inside TLS, or not.
	 * @param tls makes the engines of connections; null for plain connections
	 */
	public Host(Upgrades upgrades, HandOver handOver, @Nullable Supplier<SSLEngine> tls) {
		this.upgrades = upgrades;
		this.handOver = handOver;
		this.tls = tls;
		try {
			this.listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start("host", this::accept);
	}

	public int port() {
		return this.listener.socket().getLocalPort();
	}

	private static void start(String name, Runnable work) {
		Thread thread = new Thread(work, name);
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		while (this.listener.isOpen()) {
			try {
				SocketChannel socket = this.listener.accept();
				socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
				start("host-request",
						() -> serve(new HostConnection(socket, (this.tls != null) ? this.tls.get() : null)));
			}
			catch (IOException ex) {
				// closed
			}
		}
	}

	private void serve(HostConnection connection) {
		try {
			answer(connection, connection.readHead());
		}
		catch (IOException ex) {
			close(connection);
		}
	}

	private static void close(HostConnection connection) {
		try {
			connection.close();
		}
		catch (IOException ex) {
			// gone already
		}
	}

	private void answer(HostConnection connection, String head) throws IOException {
		Upgrade upgrade = this.upgrades.judge(request(connection, head)).toCompletableFuture().join();
		StringBuilder answer = new StringBuilder("HTTP/1.1 " + upgrade.status() + " x\r\n");
		for (Headers.Field field : upgrade.headers().fields()) {
			if (upgrade.isAccepted() || !field.name().equals("Connection")) {
				answer.append(field.name()).append(": ").append(field.value()).append("\r\n");
			}
		}
		answer.append(upgrade.isAccepted() ? "\r\n" : "Content-Length: 0\r\nConnection: close\r\n\r\n");
		try {
			connection.write(answer.toString().getBytes(StandardCharsets.ISO_8859_1));
		}
		catch (IOException ex) {
			upgrade.abandon();
			throw ex;
		}
		if (upgrade.isAccepted()) {
			this.handOver.accept(upgrade, connection, this.poller);
		}
		else {
			connection.end();
		}
	}

	/** The request as a host passes it on. */
	static UpgradeRequest request(HostConnection connection, String head) throws IOException {
		String[] lines = head.split("\r\n");
		String[] first = lines[0].split(" ");
		List<Headers.Field> fields = new ArrayList<>();
		for (int i = 1; i < lines.length; i++) {
			int colon = lines[i].indexOf(':');
			fields.add(new Headers.Field(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip()));
		}
		int query = first[1].indexOf('?');
		String path = ((query < 0) ? first[1] : first[1].substring(0, query)).replaceFirst("^http://[^/]*", "");
		HandshakeRequest handshake = new HandshakeRequest(path, (query < 0) ? null : first[1].substring(query + 1),
				Headers.of(fields), Map.of(), (InetSocketAddress) connection.socket().getRemoteAddress());
		return new UpgradeRequest(first[0], first[2], handshake, null, null, null, Map.of());
	}

	@Override
	public void close() {
		this.poller.close();
		try {
			this.listener.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
