package io.wsboot.benchmarks.parts;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.wsboot.WsHandler;
import io.wsboot.WsSessions;
import io.wsboot.server.WsServer;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.OverflowPolicy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A broadcast to the members of one room, while other rooms of the same endpoint have
 * members too. The cost follows the members of the room, and not the others.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RoomBenchmark {

	private static final int ROOM_SIZE = 10;

	/** The members of the room. */
	@Param({ "10", "100" })
	public int members;

	/** The sessions in other rooms of ten; each takes two file descriptors. */
	@Param({ "0", "9000" })
	public int others;

	private final List<Socket> sockets = new ArrayList<>();

	private final WsServer server = WsServer.builder()
		.options((options) -> options.port(0)
			.maxConnections(20_000)
			.idleTimeout(Duration.ZERO)
			.outbound(new OutboundOptions(1024 * 1024, 64 * 1024, OverflowPolicy.BLOCK, Duration.ZERO)))
		.handler("/rooms/{room}", new WsHandler() {
		})
		.start();

	private final WsSessions room = this.server.sessions().at("/rooms/{room}").withPathVariable("room", "measured");

	/** Opens the sessions, and reads what the members are sent. */
	@Setup
	public void open() throws IOException {
		for (int i = 0; i < this.members; i++) {
			read(join("measured"));
		}
		for (int i = 0; i < this.others; i++) {
			join("other" + i / ROOM_SIZE);
		}
		if (this.room.count() != this.members || this.server.sessions().count() != this.members + this.others) {
			throw new IllegalStateException("not everybody has joined");
		}
	}

	private Socket join(String room) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.server.port());
		this.sockets.add(socket);
		socket.getOutputStream()
			.write(("GET /rooms/" + room + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
					+ "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
					+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		for (int last = 0; last != 0x0D0A0D0A;) {
			last = last << 8 | socket.getInputStream().read();
		}
		return socket;
	}

	private static void read(Socket socket) {
		Thread reader = new Thread(() -> {
			byte[] bytes = new byte[64 * 1024];
			try (InputStream in = socket.getInputStream()) {
				while (in.read(bytes) >= 0) {
					// nobody wants to know
				}
			}
			catch (IOException ex) {
				// the benchmark is over
			}
		});
		reader.setDaemon(true);
		reader.start();
	}

	/** Sends five bytes to the members of the room. */
	@Benchmark
	public int broadcast() {
		return this.room.broadcast("hello");
	}

	/** Counts the members of the room. */
	@Benchmark
	public long count() {
		return this.room.count();
	}

	/** Stops the server. */
	@TearDown
	public void close() throws IOException {
		for (Socket socket : this.sockets) {
			socket.close();
		}
		this.server.close();
	}

}
