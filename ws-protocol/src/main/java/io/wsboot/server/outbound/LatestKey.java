package io.wsboot.server.outbound;

/**
 * Tells what a message is the newest of. All equal keys of the application share one
 * object, so that keys are compared by identity, which runs no code of the application.
 * See {@link LatestKeys}.
 */
final class LatestKey {

	private final Object key;

	LatestKey(Object key) {
		this.key = key;
	}

	/** The application's key. */
	Object key() {
		return this.key;
	}

}
