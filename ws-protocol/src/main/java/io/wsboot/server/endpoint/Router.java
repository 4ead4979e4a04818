package io.wsboot.server.endpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.wsboot.server.address.PathTemplate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the target of a path. If several templates match, the router chooses the most
 * specific one: compared from left to right, a literal segment wins over a variable. Any
 * thread may add, remove and find routes at any time; finding a route takes no lock.
 *
 * @param <T> the type of the targets
 */
public final class Router<T> {

	/** Routes without variables, by path. Any thread. */
	private final ConcurrentMap<String, Route<T>> literal = new ConcurrentHashMap<>();

	/**
	 * Routes with variables, the most specific first. Read by any thread; copied and
	 * replaced under the lock of this object.
	 */
	private volatile List<Route<T>> variable = List.of();

	/**
	 * Creates a router.
	 * @param targets the target of each template
	 * @param <T> the type of the targets
	 * @return the router
	 * @throws IllegalArgumentException if a template is malformed, or if two templates
	 * match the same paths
	 */
	static <T> Router<T> of(Map<String, T> targets) {
		Router<T> router = new Router<>();
		targets.forEach(router::add);
		return router;
	}

	/**
	 * Adds a route.
	 * @param path the template
	 * @param target the target of matching paths
	 * @throws IllegalArgumentException if the template is malformed, or if another
	 * template matches the same paths
	 */
	public void add(String path, T target) {
		PathTemplate template = PathTemplate.parse(path);
		Route<T> route = new Route<>(template, template.shape(), target);
		if (route.template.isLiteral()) {
			requireNoOther(this.literal.putIfAbsent(path, route), route);
		}
		else {
			addVariable(route);
		}
	}

	private synchronized void addVariable(Route<T> route) {
		List<Route<T>> routes = new ArrayList<>(this.variable);
		int place = Collections.binarySearch(routes, route, Comparator.comparing(Route::shape));
		requireNoOther((place >= 0) ? routes.get(place) : null, route);
		routes.add(-place - 1, route);
		this.variable = List.copyOf(routes);
	}

	private static void requireNoOther(@Nullable Route<?> other, Route<?> added) {
		if (other != null) {
			throw new IllegalArgumentException("endpoint paths \"" + other.template + "\" and \"" + added.template
					+ "\" match the same requests: change or remove one of them");
		}
	}

	/**
	 * Removes a route.
	 * @param path the template as it was added
	 * @return the target of the route; null if there was no such route
	 */
	@Nullable public T remove(String path) {
		Route<T> literal = this.literal.remove(path);
		return (literal != null) ? literal.target : removeVariable(path);
	}

	private synchronized @Nullable T removeVariable(String path) {
		for (Route<T> route : this.variable) {
			if (route.template.toString().equals(path)) {
				List<Route<T>> routes = new ArrayList<>(this.variable);
				routes.remove(route);
				this.variable = List.copyOf(routes);
				return route.target;
			}
		}
		return null;
	}

	/**
	 * Finds the target of a path.
	 * @param rawPath the path as the client sent it, not decoded, without the query
	 * @return the target and the variables; null if no template matches
	 */
	@Nullable public Match<T> find(String rawPath) {
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

	private record Route<T>(PathTemplate template, String shape, T target) {
	}

	/**
	 * The target of a path.
	 *
	 * @param target the target
	 * @param pathVariables the decoded values of the template's variables
	 * @param <T> the type of the target
	 */
	public record Match<T>(T target, Map<String, String> pathVariables) {
	}

}
