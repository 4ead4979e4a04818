/**
 * A shared port of Reactor Netty, with real servers on each of Netty's transports.
 */
@NullMarked
package io.wsboot.spring.reactor;

import org.jspecify.annotations.NullMarked;
