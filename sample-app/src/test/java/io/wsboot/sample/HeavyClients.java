package io.wsboot.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Many clients on one thread. Each client opens a session and then sends the same
 * messages as the others, as fast as the server takes them. The clients read the server's
 * answers, and close when the server closes.
 */
final class HeavyClients implements AutoCloseable {

	/** The most that may be about to connect, as the server accepts one at a time. */
	private static final int CONNECTING = 200;

	/** Of a long frame, with its mask. */
	private static final int HEADER = 14;

	private final InetSocketAddress server;

	private final byte[] bytes;

	private final Selector selector = Selector.open();

	private final List<Client> clients = new ArrayList<>();

	private final ByteBuffer in = ByteBuffer.allocateDirect(16 * 1024);

	private int shakingHands;

	private int ended;

	private HeavyClients(int port, byte[] bytes) throws IOException {
		this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
		this.bytes = bytes;
	}

	/** Clients that send all but the last thousand bytes of a binary message. */
	static HeavyClients withUnfinishedMessage(int port, int length) throws IOException {
		return new HeavyClients(port, Arrays.copyOf(frame(0x82, length + 1000), HEADER + length));
	}

	/** Clients that send some text messages. */
	static HeavyClients withMessages(int port, int messages, int length) throws IOException {
		byte[] frame = frame(0x81, length);
		byte[] bytes = new byte[messages * frame.length];
		for (int i = 0; i < messages; i++) {
			System.arraycopy(frame, 0, bytes, i * frame.length, frame.length);
		}
		return new HeavyClients(port, bytes);
	}

	/** With a mask of zeros. */
	private static byte[] frame(int first, int length) {
		byte[] frame = new byte[HEADER + length];
		Arrays.fill(frame, HEADER, frame.length, (byte) 'a');
		ByteBuffer.wrap(frame).put((byte) first).put((byte) 0xFF).putLong(length).putInt(0);
		return frame;
	}

	/** How many the server has ended. */
	int ended() {
		return this.ended;
	}

	/** How many have sent all that they have. */
	long done() {
		return this.clients.stream().filter((client) -> client.open && !client.out.hasRemaining()).count();
	}

	/**
	 * Lets so many connect to a path, and send, until each has sent everything or been
	 * ended, or the time is over.
	 */
	void run(int count, String path, long nanos) throws IOException {
		long start = System.nanoTime();
		while (System.nanoTime() - start < nanos
				&& (this.clients.size() < count || this.ended + done() < this.clients.size())) {
			while (this.clients.size() < count && this.shakingHands < CONNECTING) {
				this.clients.add(new Client(path));
				this.shakingHands++;
			}
			this.selector.select((key) -> ((Client) key.attachment()).ready(), 100);
		}
	}

	@Override
	public void close() throws IOException {
		for (Client client : this.clients) {
			client.channel.close();
		}
		this.selector.close();
	}

	private final class Client {

		private final SocketChannel channel = SocketChannel.open();

		private final SelectionKey key;

		private ByteBuffer out;

		private boolean open;

		Client(String path) throws IOException {
			this.out = ByteBuffer
				.wrap(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
						+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			this.channel.configureBlocking(false);
			this.channel.connect(HeavyClients.this.server);
			this.key = this.channel.register(HeavyClients.this.selector, SelectionKey.OP_CONNECT, this);
		}

		void ready() {
			try {
				if (this.key.isConnectable()) {
					this.channel.finishConnect();
				}
				if (this.key.isReadable() && this.channel.read(HeavyClients.this.in.clear()) < 0) {
					end();
					return;
				}
				if (this.key.isReadable() && !this.open) {
					this.open = true;
					HeavyClients.this.shakingHands--;
					this.out = ByteBuffer.wrap(HeavyClients.this.bytes);
				}
				// no more at once than anybody else
				this.out.limit(Math.min(this.out.capacity(), this.out.position() + 64 * 1024));
				this.channel.write(this.out);
				this.out.limit(this.out.capacity());
				this.key.interestOps(SelectionKey.OP_READ | (this.out.hasRemaining() ? SelectionKey.OP_WRITE : 0));
			}
			catch (IOException ex) {
				end(); // reset is an end too
			}
		}

		private void end() {
			HeavyClients.this.ended++;
			if (!this.open) {
				HeavyClients.this.shakingHands--;
			}
			this.out = ByteBuffer.allocate(1); // never sent, and so never done
			try {
				this.channel.close();
			}
			catch (IOException ex) {
				// it is gone
			}
		}

	}

}
