/**
 * The way out to one peer: queue, order (RFC 6455 §5.5), watermarks, overflow policies,
 * compression, and who writes. Imports {@code transport}, {@code overload}, {@code
 * config}, {@code loop}, {@code spi}, {@code io.wsboot.protocol}, {@code
 * io.wsboot.protocol.outgoing} and {@link io.wsboot}.
 */
@NullMarked
package io.wsboot.server.outbound;

import org.jspecify.annotations.NullMarked;
