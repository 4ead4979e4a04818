package io.wsboot.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * What a conversation has told, as if it had handed on its messages whole: parts are put
 * together, and those of a message that broke off left out.
 */
final class Joined {

	private Joined() {
	}

	static List<String> of(List<String> events) {
		List<String> joined = new ArrayList<>();
		StringBuilder message = new StringBuilder();
		for (String event : events) {
			String kind = event.substring(0, event.indexOf(' '));
			String what = event.substring(kind.length() + 1);
			switch (kind) {
				case "text-part", "binary-part" -> message.append(what);
				case "text-last", "binary-last" -> {
					joined.add(kind.replace("-last", " ") + message + what);
					message.setLength(0);
				}
				default -> joined.add(event);
			}
		}
		return joined;
	}

}
