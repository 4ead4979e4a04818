/**
 * Turns beans that are annotated with {@link io.wsboot.spring.annotation.WsEndpoint} into
 * {@link io.wsboot.WsHandler}s: each bean is checked once, at start, and from then on a
 * message costs one array of arguments and one reflective call. Imports
 * {@link io.wsboot}, {@link io.wsboot.spring.annotation} and the packages below this one:
 * {@code argument} and {@code reply}, then {@code validation} and {@code convert}, then
 * {@code method}.
 */
@NullMarked
package io.wsboot.spring.endpoint;

import org.jspecify.annotations.NullMarked;
