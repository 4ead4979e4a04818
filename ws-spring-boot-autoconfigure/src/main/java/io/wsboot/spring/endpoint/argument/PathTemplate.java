package io.wsboot.spring.endpoint.argument;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.wsboot.spring.endpoint.method.InvalidEndpointException;

/**
 * The path of an endpoint: segments that are literal text, or one variable each. The
 * server parses and matches paths by the same grammar; this class finds a mistake at
 * start, so that the failure report can name the endpoint's class.
 *
 * @param path the path
 * @param variables the names of the variables, in order
 */
public record PathTemplate(String path, List<String> variables) {

	private static final Pattern VARIABLE = Pattern
		.compile("\\{(\\p{javaJavaIdentifierStart}[\\p{javaJavaIdentifierPart}&&[^\\p{javaIdentifierIgnorable}]]*)}");

	/**
	 * Characters that need no escape in a segment (RFC 3986 §3.3), but no dot segments.
	 */
	private static final Pattern LITERAL = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._~!$&'()*+,=:@-]+");

	private static final String ROOT = "/";

	/**
	 * Parses a path.
	 * @param endpoint the endpoint's class, which the failure report names
	 * @param path the path
	 * @return the template
	 * @throws InvalidEndpointException if the path cannot be served
	 */
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
	 * The path with nameless variables. Two templates with one shape match the same
	 * requests.
	 * @return the shape
	 */
	public String shape() {
		return VARIABLE.matcher(this.path).replaceAll("{}");
	}

	private static InvalidEndpointException invalid(Class<?> endpoint, String path, String problem) {
		return InvalidEndpointException.of(endpoint, "has the path '" + path + "', which " + problem,
				"Use an absolute path such as /chat/{room}: segments of unreserved characters, or one variable in braces each.");
	}

}
