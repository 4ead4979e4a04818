package io.wsboot.server.upgrade;

import java.io.IOException;

/** Throws what a test has chosen. */
final class MemoryWireFault {

	private MemoryWireFault() {
	}

	static void raise(Throwable fault) throws IOException {
		if (fault instanceof IOException io) {
			throw io;
		}
		if (fault instanceof Error error) {
			throw error;
		}
		throw (RuntimeException) fault;
	}

}
