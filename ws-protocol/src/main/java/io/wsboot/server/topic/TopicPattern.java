package io.wsboot.server.topic;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.wsboot.server.config.TopicKind;

/**
 * The pattern of a {@link TopicKind}, ready to be matched.
 *
 * @param kind the kind
 * @param names matches the names of the kind's topics
 */
record TopicPattern(TopicKind kind, Pattern names) {

	private static final Pattern STARS = Pattern.compile("\\*\\*|\\*|[^*]+");

	static TopicPattern of(TopicKind kind) {
		StringBuilder names = new StringBuilder();
		Matcher parts = STARS.matcher(kind.pattern());
		while (parts.find()) {
			names.append(switch (parts.group()) {
				case "**" -> ".*";
				case "*" -> "[^/]*";
				default -> Pattern.quote(parts.group());
			});
		}
		return new TopicPattern(kind, Pattern.compile(names.toString(), Pattern.DOTALL));
	}

	boolean matches(String name) {
		return this.names.matcher(name).matches();
	}

}
