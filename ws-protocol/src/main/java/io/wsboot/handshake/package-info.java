/**
 * The opening handshake (RFC 6455 §4) in HTTP/1.1 (RFC 9112): turns bytes into a request,
 * and a decision into a response. Knows no socket, clock or thread. May import
 * {@link io.wsboot} and nothing else of ours.
 */
@NullMarked
package io.wsboot.handshake;

import org.jspecify.annotations.NullMarked;
