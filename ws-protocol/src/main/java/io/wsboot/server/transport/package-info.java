/**
 * The bytes of one socket: listening, plain or inside TLS, behind a header of the PROXY
 * protocol. Imports {@code config}, {@code loop}, {@code address} and {@link io.wsboot}.
 */
@NullMarked
package io.wsboot.server.transport;

import org.jspecify.annotations.NullMarked;
