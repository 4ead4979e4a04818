package io.wsboot.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Finds what serves a path. Where several templates match, the most specific one does:
 * from left to right, a literal segment comes before a variable. Immutable.
 *
 * @param <T> what serves a path
 */
final class Router<T> {

	private final Map<String, Route<T>> literal;

	/** Most specific first. */
	private final List<Route<T>> variable;

	private Router(Map<String, Route<T>> literal, List<Route<T>> variable) {
		this.literal = Map.copyOf(literal);
		this.variable = List.copyOf(variable);
	}

	/**
	 * A router.
	 * @param targets what serves each template
	 * @param <T> what serves a path
	 * @return the router
	 * @throws IllegalArgumentException if one is no template, or two match the same paths
	 */
	static <T> Router<T> of(Map<String, T> targets) {
		Map<String, Route<T>> byShape = new HashMap<>();
		targets.forEach((text, target) -> {
			Route<T> route = new Route<>(PathTemplate.parse(text), target);
			Route<T> other = byShape.put(route.template.shape(), route);
			if (other != null) {
				throw new IllegalArgumentException("endpoint paths \"" + other.template + "\" and \"" + route.template
						+ "\" match the same requests: change or remove one of them");
			}
		});
		Map<String, Route<T>> literal = new HashMap<>();
		List<Route<T>> variable = new ArrayList<>();
		for (Route<T> route : byShape.values()) {
			if (route.template.isLiteral()) {
				literal.put(route.template.toString(), route);
			}
			else {
				variable.add(route);
			}
		}
		variable.sort(Comparator.comparing((route) -> route.template.shape()));
		return new Router<>(literal, variable);
	}

	/**
	 * Finds what serves a path.
	 * @param rawPath the path as it was sent, not decoded, without the query
	 * @return target and variables, or null if no template matches
	 */
	@Nullable Match<T> find(String rawPath) {
		Route<T> exact = this.literal.get(rawPath);
		if (exact != null) {
			return new Match<>(exact.target, Map.of());
		}
		if (!rawPath.startsWith("/")) {
			return null;
		}
		List<String> segments = PathTemplate.split(rawPath);
		for (Route<T> route : this.variable) {
			Map<String, String> variables = route.template.match(segments);
			if (variables != null) {
				return new Match<>(route.target, variables);
			}
		}
		return null;
	}

	private record Route<T>(PathTemplate template, T target) {
	}

	/**
	 * What serves a path.
	 *
	 * @param target the value that the template was registered with
	 * @param pathVariables the decoded values of the template's variables
	 * @param <T> what serves a path
	 */
	record Match<T>(T target, Map<String, String> pathVariables) {
	}

}
