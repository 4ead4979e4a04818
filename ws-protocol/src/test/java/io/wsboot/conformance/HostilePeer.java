package io.wsboot.conformance;

import io.wsboot.ClientBytes;

/**
 * A peer that breaks a rule, or comes as near to it as one may.
 *
 * @param name what it does
 * @param rule where it is said what is right
 * @param wire what it sends, from the first byte of HTTP on
 * @param ending what it does after that
 * @param answer what it must get for it
 */
record HostilePeer(String name, String rule, byte[] wire, Ending ending, Answer answer) {

	/** What a peer does once it has sent everything. */
	enum Ending {

		/** Waits for the answer and goes. */
		GOES,

		/** Ends its half of the connection, and reads on. */
		EOF,

		/** Resets the connection. */
		RESET,

		/** Waits for a minute, and longer. */
		STAYS

	}

	/** What a peer gets. */
	sealed interface Answer {

	}

	/** An HTTP error, and the end. */
	record Refused(int status) implements Answer {
	}

	/** 101, a Close frame, and the end. */
	record Closed(int code) implements Answer {
	}

	/** The end: after 101 if that was earned, but without a Close frame. */
	record Dropped(boolean opened) implements Answer {
	}

	/** 101, as nothing is wrong, and these messages and control frames. */
	record Served(String... events) implements Answer {
	}

	HostilePeer then(Ending ending) {
		return new HostilePeer(this.name, this.rule, this.wire, ending, this.answer);
	}

	/** The same peer, with the answer that it gets in a setting. */
	HostilePeer at(Setting setting) {
		Integer other = setting.otherAnswers().get(this.name);
		Answer answer = (other == null) ? this.answer : (other == 101) ? new Served() : new Refused(other);
		return new HostilePeer(this.name, this.rule, this.wire, this.ending, answer);
	}

	/** A request that is refused. */
	static HostilePeer request(String name, String rule, String head, int status) {
		return new HostilePeer(name, rule, new ClientBytes().raw(latin1(head)).bytes(), Ending.GOES,
				new Refused(status));
	}

	/** A request that looks bad, but must be taken. */
	static HostilePeer fineRequest(String name, String rule, String head) {
		return new HostilePeer(name, rule, latin1(head), Ending.GOES, new Served());
	}

	/** What follows a proper handshake, and fails the connection. */
	static HostilePeer frames(String name, String rule, ClientBytes frames, int closeCode) {
		return new HostilePeer(name, rule, opened(frames), Ending.GOES, new Closed(closeCode));
	}

	/** What looks bad, but must be served. */
	static HostilePeer fineFrames(String name, String rule, ClientBytes frames, String... events) {
		return new HostilePeer(name, rule, opened(frames), Ending.GOES, new Served(events));
	}

	/** What is never finished. */
	static HostilePeer lost(String name, String rule, byte[] wire, boolean opened, Ending ending) {
		return new HostilePeer(name, rule, wire, ending, new Dropped(opened));
	}

	static byte[] opened(ClientBytes frames) {
		return new ClientBytes().handshake().raw(frames.bytes()).bytes();
	}

	private static byte[] latin1(String text) {
		return text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
	}

	@Override
	public String toString() {
		return this.name + " (" + this.rule + ")";
	}

}
