/**
 * The server itself: builds a server from all rooms below this package, starts it and
 * stops it; an exported package. Imports these rooms, {@code io.wsboot.handshake}, {@code
 * io.wsboot.protocol} and {@link io.wsboot}.
 */
@NullMarked
package io.wsboot.server;

import org.jspecify.annotations.NullMarked;
