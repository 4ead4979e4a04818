/**
 * Frames of RFC 6455 §5: reads and writes one frame at a time, with masking, and checks
 * UTF-8. Knows no message, socket, clock or thread. May import {@link io.wsboot} only.
 */
@NullMarked
package io.wsboot.frame;

import org.jspecify.annotations.NullMarked;
