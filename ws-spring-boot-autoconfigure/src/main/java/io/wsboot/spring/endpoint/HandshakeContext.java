package io.wsboot.spring.endpoint;

import io.wsboot.HandshakeRequest;

/**
 * What an {@link io.wsboot.spring.annotation.OnHandshake} method can know.
 *
 * @param request the handshake
 * @param parameters what callbacks take from it, converted
 */
record HandshakeContext(HandshakeRequest request, HandshakeParameters parameters) {
}
