package io.wsboot.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Subscribers of one STOMP destination, to which the server publishes what a connection
 * without STOMP says; when all subscribers have got a message, the connection says the
 * next thing.
 */
public final class StompBroadcast implements Traffic {

	private static final int PATIENCE = 100;

	private static final int READ_BUFFER = 16 * 1024;

	private final Conversations subscribers;

	private final Conversations publisher;

	private long count;

	private long missing;

	private StompBroadcast(Conversations subscribers, Conversations publisher) {
		this.subscribers = subscribers;
		this.publisher = publisher;
	}

	/**
	 * Subscribes, and publishes the first message.
	 * @param stomp where the server speaks STOMP
	 * @param publish where a message goes that the server publishes
	 * @param destination what to subscribe to
	 * @param members how many subscribers there are
	 * @param payloads what is published: text
	 * @return the traffic
	 * @throws IOException if a socket fails
	 */
	public static StompBroadcast open(Target stomp, Target publish, String destination, int members, Payloads payloads)
			throws IOException {
		FrameStream requests = new FrameStream(List.of(frame("CONNECT\naccept-version:1.2\nhost:localhost\n\n\0", 1),
				frame("SUBSCRIBE\nid:0\ndestination:" + destination + "\n\n\0", 2)), READ_BUFFER);
		Conversations subscribers = Conversations.open(stomp, members, requests, () -> new Messages(payloads));
		try {
			StompBroadcast broadcast = new StompBroadcast(subscribers, Conversations.open(publish, 1, payloads));
			broadcast.subscribe();
			return broadcast;
		}
		catch (IOException | RuntimeException ex) {
			subscribers.close();
			throw ex;
		}
	}

	private static byte[] frame(String text, int seed) {
		return Frames.masked(true, false, text.getBytes(StandardCharsets.UTF_8), seed);
	}

	/**
	 * Publishes until a message reaches everybody, as nothing confirms a subscription.
	 */
	private void subscribe() throws IOException {
		int members = this.subscribers.connections().size();
		sendAll();
		for (int connected = 0; connected < members; connected += receive()) {
			// the others have not connected yet
		}
		sendAll();
		int reached;
		do {
			publish();
			reached = 0;
			for (int more = receive(); more > 0; more = receive()) {
				reached += more;
			}
		}
		while (reached < members);
		publish();
	}

	private void sendAll() throws IOException {
		for (LoadConnection subscriber : this.subscribers.connections()) {
			subscriber.send(1);
		}
	}

	private void publish() throws IOException {
		this.missing = this.subscribers.connections().size();
		this.publisher.connections().get(0).send(1);
	}

	private int receive() throws IOException {
		this.count = 0;
		this.subscribers.turn(PATIENCE, (connection, replies) -> this.count += replies);
		return (int) this.count;
	}

	@Override
	public long turn() throws IOException {
		int received = receive();
		this.missing -= received;
		if (this.missing == 0) {
			publish();
		}
		return received;
	}

	@Override
	public void close() throws IOException {
		this.publisher.close();
		this.subscribers.close();
	}

	/** What a subscriber gets: CONNECTED, and then one MESSAGE after the other. */
	private static final class Messages implements Replies {

		private final List<byte[]> bodies;

		private final ByteBuffer frame = ByteBuffer.allocate(1024);

		private boolean connected;

		/** The number of the next body; negative before the first. */
		private int next = -1;

		Messages(Payloads payloads) {
			this.bodies = List.of(payloads.messages());
		}

		@Override
		public int accept(ByteBuffer in) {
			int complete = 0;
			while (in.hasRemaining()) {
				take(in, size() - this.frame.position());
				if (this.frame.position() == size()) {
					check(text(Arrays.copyOf(this.frame.array(), this.frame.position())));
					this.frame.clear();
					complete++;
				}
			}
			return complete;
		}

		private void take(ByteBuffer in, int atMost) {
			int count = Math.min(in.remaining(), atMost);
			this.frame.put(in.slice(in.position(), count));
			in.position(in.position() + count);
		}

		/** Bytes of the frame, or of its header while the header is not there. */
		private int size() {
			if (this.frame.position() < 4) {
				return 4;
			}
			int length = this.frame.get(1);
			return (length == 126) ? 4 + (this.frame.getShort(2) & 0xFFFF) : 2 + length;
		}

		/**
		 * As a frame of text; STOMP's own frame begins behind two bytes, or behind four.
		 */
		private void check(String text) {
			int head = (text.charAt(1) == 126) ? 4 : 2;
			if (!text.startsWith(this.connected ? "MESSAGE\n" : "CONNECTED\n", head) || text.charAt(0) != 0x81) {
				throw new WrongReplyException(
						"a frame of STOMP begins with " + text.substring(head).lines().findFirst());
			}
			if (this.connected) {
				checkBody(text.substring(text.indexOf("\n\n") + 2, text.length() - 1));
			}
			this.connected = true;
		}

		private void checkBody(String body) {
			for (int i = 0; this.next < 0 && i < this.bodies.size(); i++) {
				this.next = body.equals(text(this.bodies.get(i))) ? i : -1;
			}
			if (this.next < 0 || !body.equals(text(this.bodies.get(this.next)))) {
				throw new WrongReplyException("the body of a message is wrong");
			}
			this.next = (this.next + 1) % this.bodies.size();
		}

		private static String text(byte[] bytes) {
			return new String(bytes, StandardCharsets.ISO_8859_1);
		}

	}

}
