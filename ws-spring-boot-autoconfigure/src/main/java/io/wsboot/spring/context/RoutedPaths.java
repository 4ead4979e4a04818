package io.wsboot.spring.context;

import java.util.Collection;

/**
 * Knows paths for which a web framework routes requests to the server, beside the paths
 * of endpoints that the server routes to itself. Any thread.
 */
@FunctionalInterface
public interface RoutedPaths {

	/**
	 * Returns the paths. To be called when all singletons of the context are there.
	 * @return the paths as they were registered, in the framework's own syntax; none if
	 * the web server's port is not shared
	 */
	Collection<String> paths();

}
