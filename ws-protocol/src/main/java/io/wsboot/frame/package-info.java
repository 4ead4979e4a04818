/**
 * RFC 6455 §5: bytes to frames and back, masking, UTF-8; one frame at a time, no memory
 * of messages. No socket, clock or thread; imports {@link io.wsboot}.
 */
@NullMarked
package io.wsboot.frame;

import org.jspecify.annotations.NullMarked;
