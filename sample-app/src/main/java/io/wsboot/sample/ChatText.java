package io.wsboot.sample;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What people type, made fit for others to see. Of control and format characters (which
 * can reverse or hide text) only line breaks are left, and those only where they make
 * sense.
 */
final class ChatText {

	static final int MAX_NAME = 24;

	static final int MAX_ROOM = 32;

	static final int MAX_LINE = 2000;

	private static final String NAMELESS = "guest";

	private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}]");

	private static final Pattern INVISIBLE_BUT_NEWLINE = Pattern
		.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}&&[^\n]]");

	private static final Pattern BLANKS = Pattern.compile("[\\p{Z}\\s]+");

	private ChatText() {
	}

	/**
	 * A name to show.
	 * @param wanted what the client asked for
	 * @return 1 to {@value #MAX_NAME} code points on one line
	 */
	static String name(Optional<String> wanted) {
		String name = oneLine(wanted.orElse(""));
		if (name.codePointCount(0, name.length()) > MAX_NAME) {
			name = name.substring(0, name.offsetByCodePoints(0, MAX_NAME)).strip();
		}
		return name.isEmpty() ? NAMELESS : name;
	}

	/**
	 * Whether a room may have this name: it is not changed, as it is part of an address.
	 * @param room the name
	 * @return true if it has 1 to {@value #MAX_ROOM} code points, all of them visible, on
	 * one line
	 */
	static boolean isRoom(String room) {
		return !room.isEmpty() && room.equals(oneLine(room)) && room.codePointCount(0, room.length()) <= MAX_ROOM;
	}

	/**
	 * What is said, without what cannot be seen.
	 * @param text as typed
	 * @return the text, possibly empty
	 */
	static String line(String text) {
		return INVISIBLE_BUT_NEWLINE.matcher(text).replaceAll("").strip();
	}

	private static String oneLine(String text) {
		return BLANKS.matcher(INVISIBLE.matcher(BLANKS.matcher(text).replaceAll(" ")).replaceAll(""))
			.replaceAll(" ")
			.strip();
	}

}
