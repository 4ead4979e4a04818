/**
 * Beans that are annotated with {@link io.wsboot.spring.annotation.WsEndpoint} become
 * {@link io.wsboot.WsHandler}s: found once at start, checked once, and from then on one
 * array fill and one reflective call per message. Imports
 * {@link io.wsboot.spring.annotation} and {@link io.wsboot}; Jackson in one class only.
 */
@NullMarked
package io.wsboot.spring.endpoint;

import org.jspecify.annotations.NullMarked;
