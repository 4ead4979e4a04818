package io.wsboot.spring.endpoint.argument;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.wsboot.spring.endpoint.method.InvalidEndpointException;

/**
 * The path of an endpoint: literal segments, and variables that are whole segments. The
 * server matches it; here it is only checked, so that a mistake is found at start and
 * told with the name of the class.
 *
 * @param path the path
 * @param variables the names of its variables, in order
 */
public record PathTemplate(String path, List<String> variables) {

	private static final Pattern VARIABLE = Pattern
		.compile("\\{(\\p{javaJavaIdentifierStart}[\\p{javaJavaIdentifierPart}&&[^\\p{javaIdentifierIgnorable}]]*)}");

	/** What may stand in a segment as it is (RFC 3986 §3.3) and is not resolved away. */
	private static final Pattern LITERAL = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._~!$&'()*+,=:@-]+");

	private static final String ROOT = "/";

	public static PathTemplate of(Class<?> endpoint, String path) {
		if (!path.startsWith("/")) {
			throw invalid(endpoint, path, "does not begin with a slash");
		}
		List<String> variables = new ArrayList<>();
		for (String segment : path.equals(ROOT) ? new String[0] : path.substring(1).split("/", -1)) {
			Matcher variable = VARIABLE.matcher(segment);
			if (variable.matches()) {
				if (variables.contains(variable.group(1))) {
					throw invalid(endpoint, path, "has the variable {" + variable.group(1) + "} twice");
				}
				variables.add(variable.group(1));
			}
			else if (!LITERAL.matcher(segment).matches()) {
				throw invalid(endpoint, path,
						"has the segment '" + segment + "', which is neither plain text nor one variable");
			}
		}
		return new PathTemplate(path, List.copyOf(variables));
	}

	/**
	 * The same for all templates that match the same paths.
	 * @return the path with nameless variables
	 */
	public String shape() {
		return VARIABLE.matcher(this.path).replaceAll("{}");
	}

	private static InvalidEndpointException invalid(Class<?> endpoint, String path, String problem) {
		return InvalidEndpointException.of(endpoint, "has the path '" + path + "', which " + problem,
				"Use an absolute path such as /chat/{room}: segments of unreserved characters, or one variable in braces each.");
	}

}
