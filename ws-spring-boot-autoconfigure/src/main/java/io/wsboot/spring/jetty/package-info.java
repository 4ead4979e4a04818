/**
 * Jetty hands over the connections of accepted upgrades: Jetty lets a socket go, or keeps
 * the socket and moves the bytes. Imports {@link io.wsboot}, the package
 * {@code server.spi} below that, and {@link io.wsboot.spring.servlet}.
 */
@NullMarked
package io.wsboot.spring.jetty;

import org.jspecify.annotations.NullMarked;
