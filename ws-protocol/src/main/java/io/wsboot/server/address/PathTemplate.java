package io.wsboot.server.address;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The path of an endpoint, such as {@code /chat/{room}}. A literal segment is equal to
 * itself only, byte for byte as it was sent: a path has no second spelling that could get
 * past a rule for the first one. A variable takes one segment that is not empty.
 */
public final class PathTemplate {

	private static final String ROOT = "/";

	private static final String BEHIND_ALL_LITERALS = "\uFFFF";

	private final String text;

	private final List<Segment> segments;

	private PathTemplate(String text, List<Segment> segments) {
		this.text = text;
		this.segments = segments;
	}

	/**
	 * Reads a template.
	 * @param text the template
	 * @return the template
	 * @throws IllegalArgumentException if it is none; the message says what to write
	 */
	public static PathTemplate parse(String text) {
		if (!text.startsWith(ROOT)) {
			throw new IllegalArgumentException(
					"endpoint path \"" + text + "\" must begin with a slash: write \"/" + text + "\"");
		}
		List<Segment> segments = new ArrayList<>();
		Set<String> variables = new HashSet<>();
		for (String written : split(text)) {
			Segment segment = Segment.parse(written, text);
			if (segment.variable() && !variables.add(segment.text())) {
				throw new IllegalArgumentException("endpoint path \"" + text + "\" has two variables {" + segment.text()
						+ "}: give each a name of its own");
			}
			segments.add(segment);
		}
		return new PathTemplate(text, List.copyOf(segments));
	}

	/**
	 * Matches a path as it was sent.
	 * @param rawPath the path, not decoded, without the query
	 * @return the decoded values of the variables; null if the path is another one
	 */
	@Nullable Map<String, String> match(String rawPath) {
		return rawPath.startsWith(ROOT) ? match(split(rawPath)) : null;
	}

	/**
	 * Matches a path whose segments are known.
	 * @param rawSegments its segments, see {@link #split}
	 * @return the decoded values of the variables; null if the path is another one
	 */
	@Nullable public Map<String, String> match(List<String> rawSegments) {
		if (rawSegments.size() != this.segments.size()) {
			return null;
		}
		Map<String, String> variables = new HashMap<>();
		for (int i = 0; i < rawSegments.size(); i++) {
			Segment segment = this.segments.get(i);
			String value = segment.match(rawSegments.get(i));
			if (value == null) {
				return null;
			}
			if (segment.variable()) {
				variables.put(segment.text(), value);
			}
		}
		return Map.copyOf(variables);
	}

	/** The segments of a path that begins with a slash; empty ones are not left out. */
	public static List<String> split(String path) {
		return path.equals(ROOT) ? List.of() : List.of(path.substring(1).split("/", -1));
	}

	/** Whether it has no variables. */
	public boolean isLiteral() {
		return this.segments.stream().noneMatch(Segment::variable);
	}

	/**
	 * The template with all variables named alike: those of two templates are equal if
	 * they match the same paths. They sort so that of two that match one path the more
	 * specific one, with a literal where the other has a variable, comes first.
	 */
	public String shape() {
		StringBuilder shape = new StringBuilder();
		for (Segment segment : this.segments) {
			shape.append('/').append(segment.variable() ? BEHIND_ALL_LITERALS : segment.text());
		}
		return shape.toString();
	}

	/** The template as it was written. */
	@Override
	public String toString() {
		return this.text;
	}

}
