package io.wsboot.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.wsboot.ClientBytes;

import static io.wsboot.ClientBytes.BINARY;
import static io.wsboot.ClientBytes.CONTINUATION;
import static io.wsboot.ClientBytes.FIN;
import static io.wsboot.ClientBytes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hostile clients that come together, each with more of something than one should have.
 * Most of them stay until they are sent away.
 */
final class HostileCrowd implements AutoCloseable {

	private static final byte[] HANDSHAKE = new ClientBytes().handshake().bytes();

	private static final int BOMB = 1_000_000;

	private final Setting setting;

	private final int port;

	private final List<Peer> peers = new ArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Future<?>> running = new ArrayList<>();

	HostileCrowd(Setting setting, int port) {
		this.setting = setting;
		this.port = port;
	}

	private interface Action {

		void run() throws IOException;

	}

	private Peer connect() throws IOException {
		Peer peer = new Peer(this.setting, this.port);
		this.peers.add(peer);
		return peer;
	}

	private Peer open(String extensions) throws IOException {
		Peer peer = Peer.open(this.setting, this.port, extensions);
		this.peers.add(peer);
		return peer;
	}

	private void run(Action action) {
		this.running.add(this.threads.submit(() -> {
			action.run();
			return null;
		}));
	}

	/** Connections without a byte, and with half a request. */
	void neverAsk(int count) throws IOException {
		for (int i = 0; i < count; i++) {
			Peer peer = connect();
			if (i % 2 == 1) {
				peer.send(Arrays.copyOf(HANDSHAKE, HANDSHAKE.length / 2), Cut.WHOLE);
			}
		}
	}

	/** Sessions that never send a frame. */
	void neverSend(int count) throws IOException {
		for (int i = 0; i < count; i++) {
			open("");
		}
	}

	/** Messages of which everybody sends a byte after everybody else has. */
	void sendSlowly(int count) throws IOException {
		List<Peer> slow = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			slow.add(open(""));
		}
		for (byte one : new ClientBytes().text("s l o w").bytes()) {
			for (Peer peer : slow) {
				peer.send(new byte[] { one }, Cut.WHOLE);
			}
		}
		for (Peer peer : slow) {
			assertThat(peer.readEvent()).isEqualTo("text s l o w");
		}
	}

	/** Messages without an end, whose echoes nobody reads. */
	void neverRead(int count) throws IOException {
		byte[] message = new ClientBytes().binary(new byte[2000]).bytes();
		for (int i = 0; i < count; i++) {
			Peer peer = open("");
			run(() -> sendUntilTheEnd(peer, message, Integer.MAX_VALUE));
		}
	}

	/** Many more Pings than there may be, whose Pongs nobody reads. */
	void ping(int count) throws IOException {
		byte[] ping = new ClientBytes().ping(new byte[125]).bytes();
		for (int i = 0; i < count; i++) {
			Peer peer = open("");
			run(() -> sendUntilTheEnd(peer, ping, 5000));
		}
	}

	private static void sendUntilTheEnd(Peer peer, byte[] bytes, int times) {
		try {
			for (int i = 0; i < times; i++) {
				peer.send(bytes, Cut.WHOLE);
			}
		}
		catch (IOException ex) {
			// the end, of which either side has had enough
		}
	}

	/** A message in too many fragments, which are empty. */
	void sendEmptyFragments(int count) throws IOException {
		ClientBytes fragments = new ClientBytes().frame(TEXT);
		for (int i = 0; i < 2000; i++) {
			fragments.frame(CONTINUATION);
		}
		expectClose(count, "", fragments, 1008);
	}

	/** Small messages that are too big once they are inflated. */
	void sendBombs(int count) throws IOException {
		try (Deflation deflation = new Deflation(false)) {
			ClientBytes bomb = new ClientBytes().frame(FIN | 0x40 | BINARY, deflation.next(new byte[BOMB]));
			assertThat(bomb.size()).isLessThan(BOMB / 500);
			expectClose(count, "permessage-deflate", bomb, 1009);
		}
	}

	private void expectClose(int count, String extensions, ClientBytes sent, int code) throws IOException {
		for (int i = 0; i < count; i++) {
			try (Peer peer = Peer.open(this.setting, this.port, extensions)) {
				peer.send(sent.bytes(), Cut.WHOLE);
				assertThat(peer.readEvent()).isEqualTo("close " + code);
				peer.expectEnd();
			}
		}
	}

	/** Many messages of one byte, whose echoes they do read. */
	void sendTinyMessages(int count) throws IOException {
		int messages = 1000;
		byte[] tiny = new ClientBytes().binary((byte) 1).bytes();
		for (int i = 0; i < count; i++) {
			Peer peer = open("");
			run(() -> sendUntilTheEnd(peer, tiny, messages));
			for (int j = 0; j < messages; j++) {
				assertThat(peer.readEvent()).isEqualTo("binary 01");
			}
		}
	}

	/** Sessions whose clients end their half of the connection within a message. */
	void endHalf(int count) throws IOException {
		for (int i = 0; i < count; i++) {
			try (Peer peer = Peer.open(this.setting, this.port)) {
				peer.send(new ClientBytes().declaring(FIN | TEXT, 100, new byte[50]).bytes(), Cut.WHOLE);
				peer.halfClose();
				peer.expectDrop();
			}
		}
	}

	/** Resets in every part of a request and of the frames behind it. */
	void reset(int count) throws IOException {
		byte[] all = new ClientBytes().raw(HANDSHAKE).text("lost").binary(new byte[100]).bytes();
		for (int i = 0; i < count; i++) {
			try (Peer peer = new Peer(this.setting, this.port)) {
				peer.send(Arrays.copyOf(all, all.length * i / count), Cut.WHOLE);
				peer.reset();
			}
		}
	}

	/** Resets all connections that are open; fails if something has gone wrong. */
	void leave() throws InterruptedException, ExecutionException, TimeoutException {
		resetAll();
		for (Future<?> one : this.running) {
			one.get(20, TimeUnit.SECONDS);
		}
	}

	private void resetAll() {
		for (Peer peer : this.peers) {
			try {
				peer.reset();
				peer.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		this.peers.clear();
	}

	@Override
	public void close() {
		resetAll();
		this.threads.shutdownNow();
	}

}
