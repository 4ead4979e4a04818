/**
 * Tomcat hands its connections over: their sockets, or a wire if Tomcat has to keep the
 * socket. Imports {@link io.wsboot}, {@link io.wsboot.server.spi} and
 * {@link io.wsboot.spring.servlet}, and alone names Tomcat's classes.
 */
@NullMarked
package io.wsboot.spring.tomcat;

import org.jspecify.annotations.NullMarked;
