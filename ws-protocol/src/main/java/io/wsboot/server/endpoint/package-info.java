/**
 * What serves a path: a handler with its options and limits, and the router that finds
 * it. Imports {@code inbound}, {@code admission}, {@code config}, {@code spi}, {@code
 * address}, {@code io.wsboot.protocol} and {@link io.wsboot}.
 */
@NullMarked
package io.wsboot.server.endpoint;

import org.jspecify.annotations.NullMarked;
