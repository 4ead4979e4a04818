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
 * Finds what serves a path. Where several templates match, the most specific one does:
 * from left to right, a literal segment comes before a variable. Routes may be added and
 * removed at any time by any thread; finding one takes no lock.
 *
 * @param <T> what serves a path
 */
public final class Router<T> {

	private final ConcurrentMap<String, Route<T>> literal = new ConcurrentHashMap<>();

	/** Most specific first. Copied on write, which {@code this} guards. */
	private volatile List<Route<T>> variable = List.of();

	/**
	 * A router.
	 * @param targets what serves each template
	 * @param <T> what serves a path
	 * @return the router
	 * @throws IllegalArgumentException if one is no template, or two match the same paths
	 */
	static <T> Router<T> of(Map<String, T> targets) {
		Router<T> router = new Router<>();
		targets.forEach(router::add);
		return router;
	}

	/**
	 * Adds a route.
	 * @param path the template
	 * @param target what serves it
	 * @throws IllegalArgumentException if the path is no template, or another one matches
	 * the same paths
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
	 * @return what served it; null if nothing did
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
	 * Finds what serves a path.
	 * @param rawPath the path as it was sent, not decoded, without the query
	 * @return target and variables, or null if no template matches
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
	 * What serves a path.
	 *
	 * @param target the value that the template was registered with
	 * @param pathVariables the decoded values of the template's variables
	 * @param <T> what serves a path
	 */
	public record Match<T>(T target, Map<String, String> pathVariables) {
	}

}
