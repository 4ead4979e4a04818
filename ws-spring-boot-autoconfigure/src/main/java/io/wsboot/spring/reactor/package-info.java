/**
 * The port of Reactor Netty is shared: requests for endpoints that come through the web
 * filters of a reactive application are judged by the server, and Reactor Netty's
 * connections are handed over. Imports {@link io.wsboot}, {@link io.wsboot.server} and
 * the package {@code spi} below that.
 */
@NullMarked
package io.wsboot.spring.reactor;

import org.jspecify.annotations.NullMarked;
