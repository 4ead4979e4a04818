/**
 * permessage-deflate (RFC 7692): compresses and inflates the payloads of messages. Knows
 * no socket, clock or thread. May import {@link io.wsboot.frame} and {@link io.wsboot}.
 */
@NullMarked
package io.wsboot.deflate;

import org.jspecify.annotations.NullMarked;
