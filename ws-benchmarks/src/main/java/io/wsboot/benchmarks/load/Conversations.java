package io.wsboot.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/**
 * Open connections that all send the same requests, and a selector that watches them.
 */
public final class Conversations implements AutoCloseable {

	private static final int READ_BUFFER = 256 * 1024;

	private static final int MOST_EXACT = 64 * 1024;

	private final Selector selector;

	private final List<LoadConnection> connections = new ArrayList<>();

	private final List<Wire> wires = new ArrayList<>();

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BUFFER);

	private Conversations(Selector selector) {
		this.selector = selector;
	}

	/**
	 * Opens connections.
	 * @param target where
	 * @param count how many
	 * @param payloads what they say, and are to be told
	 * @return the conversations
	 * @throws IOException if one cannot be opened
	 */
	public static Conversations open(Target target, int count, Payloads payloads) throws IOException {
		return open(target, count, requests(payloads, target.deflate()), replies(payloads, target.deflate()));
	}

	static Conversations open(Target target, int count, FrameStream requests, Supplier<Replies> replies)
			throws IOException {
		Conversations conversations = new Conversations(Selector.open());
		try {
			conversations.add(target, count, requests, replies);
		}
		catch (IOException | RuntimeException ex) {
			conversations.close();
			throw ex;
		}
		return conversations;
	}

	private void add(Target target, int count, FrameStream requests, Supplier<Replies> replies) throws IOException {
		Connector connector = new Connector(target);
		for (int i = 0; i < count; i++) {
			Wire wire = connector.open(i);
			this.wires.add(wire);
			this.connections.add(new LoadConnection(wire, requests, replies.get(), this.selector));
		}
	}

	private static FrameStream requests(Payloads payloads, boolean deflate) {
		List<byte[]> frames = IntStream.range(0, payloads.messages().length)
			.mapToObj((i) -> Frames.masked(payloads.text(), deflate,
					deflate ? deflated(payloads.messages()[i]) : payloads.messages()[i], i))
			.toList();
		return new FrameStream(frames, READ_BUFFER);
	}

	private static Supplier<Replies> replies(Payloads payloads, boolean deflate) {
		if (deflate) {
			byte[][] known = new byte[payloads.messages().length][];
			return () -> new DeflatedReplies(payloads, known);
		}
		if (payloads.size() > MOST_EXACT) {
			return () -> new ParsedReplies(payloads);
		}
		FrameStream expected = new FrameStream(
				Stream.of(payloads.messages()).map((message) -> Frames.plain(payloads.text(), message)).toList(),
				READ_BUFFER);
		return () -> new ExactReplies(expected);
	}

	/** RFC 7692 §7.2.1: without the empty block that the flush ends with. */
	private static byte[] deflated(byte[] payload) {
		Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
		deflater.setInput(payload);
		byte[] compressed = new byte[payload.length + 64];
		int length = deflater.deflate(compressed, 0, compressed.length, Deflater.SYNC_FLUSH);
		deflater.end();
		return Arrays.copyOf(compressed, length - 4);
	}

	/**
	 * Checks that nobody has hung up or said anything.
	 * @throws IOException if a socket fails
	 */
	public void checkOpen() throws IOException {
		turn(0, (connection, count) -> {
			throw new WrongReplyException("a reply to nothing");
		});
	}

	List<LoadConnection> connections() {
		return this.connections;
	}

	/**
	 * Serves what is ready.
	 * @param timeout how long to wait if nothing is, in milliseconds; 0 = not at all
	 * @param replied is told of complete replies
	 */
	void turn(int timeout, Replied replied) throws IOException {
		if (timeout > 0) {
			this.selector.select(timeout);
		}
		else {
			this.selector.selectNow();
		}
		for (var key : this.selector.selectedKeys()) {
			LoadConnection connection = (LoadConnection) key.attachment();
			if (connection.writable()) {
				connection.write();
			}
			if (connection.readable()) {
				int count = connection.read(this.buffer);
				if (count > 0) {
					replied.replied(connection, count);
				}
			}
		}
		this.selector.selectedKeys().clear();
	}

	@Override
	public void close() throws IOException {
		for (Wire wire : this.wires) {
			wire.channel().close();
		}
		this.selector.close();
	}

	/** Hears of replies. */
	interface Replied {

		void replied(LoadConnection connection, int count) throws IOException;

	}

}
