package io.wsboot.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * New connections, a few at a time: each is opened, shakes hands, is checked and reset.
 */
public final class Handshakes implements Traffic {

	private static final int PATIENCE = 100;

	private static final int KEYS = 16;

	private final Target target;

	private final Selector selector;

	private final List<OpeningRequest> requests;

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(8192);

	private int next;

	/**
	 * Begins to open the first connections.
	 * @param target where
	 * @param atOnce how many handshakes go on at any time
	 * @throws IOException if a socket fails
	 */
	public Handshakes(Target target, int atOnce) throws IOException {
		this.target = target;
		this.requests = IntStream.range(0, KEYS).mapToObj((seed) -> OpeningRequest.of(target, seed)).toList();
		this.selector = Selector.open();
		for (int i = 0; i < atOnce; i++) {
			connect();
		}
	}

	private void connect() throws IOException {
		SocketChannel channel = SocketChannel.open();
		Connector.configure(channel);
		channel.configureBlocking(false);
		boolean connected = channel.connect(this.target.address());
		OpeningRequest request = this.requests.get(this.next++ % KEYS);
		SelectionKey key = channel.register(this.selector, SelectionKey.OP_CONNECT, new Attempt(request));
		if (connected) {
			request(key, request);
		}
	}

	private static void request(SelectionKey key, OpeningRequest request) throws IOException {
		key.interestOps(SelectionKey.OP_READ);
		((SocketChannel) key.channel()).write(ByteBuffer.wrap(request.bytes()));
	}

	@Override
	public long turn() throws IOException {
		this.selector.select(PATIENCE);
		List<SelectionKey> ready = new ArrayList<>(this.selector.selectedKeys());
		this.selector.selectedKeys().clear();
		long count = 0;
		for (SelectionKey key : ready) {
			SocketChannel channel = (SocketChannel) key.channel();
			Attempt attempt = (Attempt) key.attachment();
			if (key.isConnectable()) {
				channel.finishConnect();
				request(key, attempt.request);
			}
			else if (answered(channel, attempt)) {
				channel.close();
				connect();
				count++;
			}
		}
		return count;
	}

	private boolean answered(SocketChannel channel, Attempt attempt) throws IOException {
		this.buffer.clear();
		if (channel.read(this.buffer) < 0) {
			throw new WrongReplyException("the server hung up on a handshake");
		}
		attempt.answer.put(this.buffer.flip());
		return attempt.request.isAnswered(attempt.answer.duplicate().flip(), false);
	}

	@Override
	public void close() throws IOException {
		for (SelectionKey key : this.selector.keys()) {
			key.channel().close();
		}
		this.selector.close();
	}

	/** A handshake that goes on. */
	private static final class Attempt {

		private final OpeningRequest request;

		private final ByteBuffer answer = ByteBuffer.allocate(2048);

		Attempt(OpeningRequest request) {
			this.request = request;
		}

	}

}
