package io.wsboot.protocol;

import io.wsboot.HeldBytes;

/**
 * Counts the bytes that a conversation holds of what it has received, without the memory
 * that it shares with others.
 */
final class HeldMemory {

	private HeldMemory() {
	}

	static long of(ServerProtocol protocol, Scratch shared) {
		PayloadMemory memory = shared.memory();
		return HeldBytes.of(protocol, shared, memory, memory.message, memory.control, memory.compressed,
				shared.inflaters());
	}

}
