/**
 * RFC 7692: compressed message payloads to plain ones and back. No socket, clock or
 * thread; imports {@link io.wsboot.frame} and {@link io.wsboot}.
 */
@NullMarked
package io.wsboot.deflate;

import org.jspecify.annotations.NullMarked;
