package io.wsboot.protocol;

/**
 * How the outgoing messages of one connection may be compressed (RFC 7692).
 *
 * @param keepsWindow whether a message may refer to earlier messages
 * @param windowBits how far back matches may reach, as a power of two: 8 to 15
 */
public record Compression(boolean keepsWindow, int windowBits) {

	/**
	 * What a server is willing to agree on.
	 */
	public enum Offer {

		/** No compression. */
		NONE(false, false),

		/** Each message by itself: no memory is held between two messages. */
		ALONE(false, false),

		/**
		 * Only incoming messages may refer to earlier messages: for servers that may drop
		 * outgoing messages.
		 */
		KEEPING_CLIENT_WINDOW(false, true),

		/**
		 * All messages may refer to earlier messages. Both sides hold a window for as
		 * long as they are connected.
		 */
		KEEPING_BOTH_WINDOWS(true, true);

		final boolean serverKeeps;

		final boolean clientKeeps;

		Offer(boolean serverKeeps, boolean clientKeeps) {
			this.serverKeeps = serverKeeps;
			this.clientKeeps = clientKeeps;
		}

	}

}
