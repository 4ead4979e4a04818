/**
 * The port of a servlet container is shared: requests for endpoints that come through the
 * container's filters are judged by the server, and the container hands their connections
 * over. Imports {@link io.wsboot}, {@link io.wsboot.server} and the package {@code spi}
 * below that.
 */
@NullMarked
package io.wsboot.spring.servlet;

import org.jspecify.annotations.NullMarked;
