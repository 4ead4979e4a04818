package io.wsboot.protocol;

import io.wsboot.handshake.DeflateParameters;
import org.jspecify.annotations.Nullable;

/**
 * How the messages of one conversation may be compressed on their way out (RFC 7692).
 *
 * @param keepsWindow whether a message may refer to the ones before
 * @param windowBits how far back matches may reach, as a power of two: 8 to 15
 */
public record Compression(boolean keepsWindow, int windowBits) {

	static @Nullable Compression of(@Nullable DeflateParameters agreed) {
		return (agreed == null) ? null : new Compression(!agreed.serverNoContextTakeover(), agreed.serverWindowBits());
	}

	/**
	 * What a server is willing to agree on.
	 */
	public enum Offer {

		/** No compression. */
		NONE(false, false),

		/** Each message by itself: nothing is held between two. */
		ALONE(false, false),

		/**
		 * Only incoming messages may refer to the ones before: for servers that may drop
		 * outgoing ones.
		 */
		KEEPING_CLIENT_WINDOW(false, true),

		/**
		 * Messages may refer to the ones before, and both sides hold a window for as long
		 * as they are connected.
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
