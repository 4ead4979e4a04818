/**
 * Outgoing messages and control frames as bytes: whole, fragmented, streamed or
 * compressed (RFC 6455 §5, RFC 7692). Imports {@link io.wsboot.frame},
 * {@link io.wsboot.deflate} and {@link io.wsboot}.
 */
@NullMarked
package io.wsboot.protocol.outgoing;

import org.jspecify.annotations.NullMarked;
