package io.wsboot.server;

/**
 * Of what a message is the newest. There is one object for all keys of the application's
 * that are equal, so that two of them are compared by identity, which runs no code of the
 * application's. See {@link LatestKeys}.
 */
final class LatestKey {

	private final Object key;

	LatestKey(Object key) {
		this.key = key;
	}

	/** The application's. */
	Object key() {
		return this.key;
	}

}
