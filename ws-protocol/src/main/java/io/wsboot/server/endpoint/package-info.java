/**
 * The definition of an endpoint (path, handler, options and limits), and the router from
 * paths to endpoints. Imports {@code inbound}, {@code admission}, {@code config},
 * {@code spi}, {@code
 * address}, {@code io.wsboot.protocol} and {@link io.wsboot}.
 */
@NullMarked
package io.wsboot.server.endpoint;

import org.jspecify.annotations.NullMarked;
