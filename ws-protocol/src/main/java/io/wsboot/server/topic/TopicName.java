package io.wsboot.server.topic;

/** The rules for the names of topics. */
final class TopicName {

	private static final int MOST_BYTES = 255;

	private TopicName() {
	}

	/**
	 * Returns a name that is valid.
	 * @throws IllegalArgumentException if the name is not
	 */
	static String require(String name) {
		int bytes = 0;
		for (int i = 0; i < name.length() && bytes <= MOST_BYTES; i++) {
			char next = name.charAt(i);
			if (Character.isSurrogate(next)) {
				requirePair(name, i);
				i++;
				bytes += 4;
			}
			else {
				bytes += (next < 0x80) ? 1 : (next < 0x800) ? 2 : 3;
			}
		}
		if (bytes == 0 || bytes > MOST_BYTES) {
			throw new IllegalArgumentException("the name of a topic must have 1 to 255 bytes of UTF-8");
		}
		return name;
	}

	private static void requirePair(String name, int at) {
		if (at + 1 == name.length() || !Character.isSurrogatePair(name.charAt(at), name.charAt(at + 1))) {
			throw new IllegalArgumentException("the name of a topic must have no unpaired surrogate");
		}
	}

}
