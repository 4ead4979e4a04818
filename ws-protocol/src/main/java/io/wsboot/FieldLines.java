package io.wsboot;

/**
 * Reads header lines as they stand on the wire (RFC 9112 §5).
 */
final class FieldLines {

	private FieldLines() {
	}

	/**
	 * Packs the fields of the header lines in a range for {@link FieldBytes}.
	 * @throws IllegalArgumentException if the range holds anything else
	 */
	static byte[] encode(byte[] lines, int from, int to) {
		FieldBytesWriter out = new FieldBytesWriter(to - from);
		int start = from;
		while (start < to) {
			int colon = FieldCharacters.endOfName(lines, start, to);
			require(colon > start && colon < to && lines[colon] == ':');
			int end = FieldCharacters.endOfValue(lines, colon + 1, to);
			require(to - end >= 2 && lines[end] == '\r' && lines[end + 1] == '\n');
			int valueStart = colon + 1;
			while (valueStart < end && isBlank(lines[valueStart])) {
				valueStart++;
			}
			int valueEnd = end;
			while (valueEnd > valueStart && isBlank(lines[valueEnd - 1])) {
				valueEnd--;
			}
			out.add(lines, start, colon, valueStart, valueEnd);
			start = end + 2;
		}
		return out.toByteArray();
	}

	private static boolean isBlank(byte b) {
		return b == ' ' || b == '\t';
	}

	private static void require(boolean sound) {
		if (!sound) {
			throw new IllegalArgumentException("header lines that break their grammar (RFC 9112 §5)");
		}
	}

}
