package io.wsboot.server.upgrade;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.wsboot.HandshakeRequest;
import io.wsboot.Headers;
import io.wsboot.server.spi.Upgrade;
import io.wsboot.server.spi.UpgradeRequest;
import io.wsboot.server.spi.Upgrades;

/**
 * A server with a port of its own that reads requests, has them judged, sends the answer,
 * and hands over the connection: as plain as a host can be.
 */
public final class Host implements AutoCloseable {

	/** How a host hands a connection over behind the 101. */
	@FunctionalInterface
	public interface HandOver {

		void accept(Upgrade upgrade, SocketChannel socket, ByteBuffer received) throws IOException;

	}

	private final Upgrades upgrades;

	private final HandOver handOver;

	private final ServerSocketChannel listener;

	public Host(Upgrades upgrades, HandOver handOver) {
		this.upgrades = upgrades;
		this.handOver = handOver;
		try {
			this.listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Thread thread = new Thread(this::accept, "host");
		thread.setDaemon(true);
		thread.start();
	}

	/** Hands over sockets. */
	public static void socket(Upgrade upgrade, SocketChannel socket, ByteBuffer received) throws IOException {
		socket.configureBlocking(false);
		upgrade.adopt(socket, received, socket);
	}

	public int port() {
		return this.listener.socket().getLocalPort();
	}

	private void accept() {
		while (this.listener.isOpen()) {
			try {
				SocketChannel socket = this.listener.accept();
				Thread thread = new Thread(() -> serve(socket), "host-request");
				thread.setDaemon(true);
				thread.start();
			}
			catch (IOException ex) {
				// closed
			}
		}
	}

	private void serve(SocketChannel socket) {
		try {
			ByteBuffer in = ByteBuffer.allocate(64 * 1024);
			int end = -1;
			while (end < 0) {
				if (socket.read(in) < 0) {
					socket.close();
					return;
				}
				end = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
			}
			String head = new String(in.array(), 0, end, StandardCharsets.ISO_8859_1);
			ByteBuffer received = in.flip().position(end + 4).slice();
			answer(socket, head, received);
		}
		catch (IOException ex) {
			try {
				socket.close();
			}
			catch (IOException again) {
				// gone
			}
		}
	}

	private void answer(SocketChannel socket, String head, ByteBuffer received) throws IOException {
		Upgrade upgrade = this.upgrades.judge(request(socket, head)).toCompletableFuture().join();
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(("HTTP/1.1 " + upgrade.status() + " x\r\n").getBytes(StandardCharsets.US_ASCII));
		for (Headers.Field field : upgrade.headers().fields()) {
			out.writeBytes((field.name() + ": " + field.value() + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
		}
		out.writeBytes((upgrade.isAccepted() ? "\r\n" : "Content-Length: 0\r\nConnection: close\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII));
		try {
			ByteBuffer bytes = ByteBuffer.wrap(out.toByteArray());
			while (bytes.hasRemaining()) {
				socket.write(bytes);
			}
		}
		catch (IOException ex) {
			upgrade.abandon();
			throw ex;
		}
		if (upgrade.isAccepted()) {
			this.handOver.accept(upgrade, socket, received);
		}
		else {
			socket.close();
		}
	}

	private static UpgradeRequest request(SocketChannel socket, String head) throws IOException {
		String[] lines = head.split("\r\n");
		String[] first = lines[0].split(" ");
		List<Headers.Field> fields = new ArrayList<>();
		for (int i = 1; i < lines.length; i++) {
			int colon = lines[i].indexOf(':');
			fields.add(new Headers.Field(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip()));
		}
		int query = first[1].indexOf('?');
		String path = (query < 0) ? first[1] : first[1].substring(0, query);
		HandshakeRequest handshake = new HandshakeRequest(path, (query < 0) ? null : first[1].substring(query + 1),
				Headers.of(fields), Map.of(), (InetSocketAddress) socket.getRemoteAddress());
		return new UpgradeRequest(first[0], first[2], handshake, null, null, null, Map.of());
	}

	@Override
	public void close() {
		try {
			this.listener.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
