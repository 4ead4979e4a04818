package io.wsboot.spring.endpoint.argument;

import io.wsboot.HandshakeRequest;

/**
 * What an {@link io.wsboot.spring.annotation.OnHandshake} method can know.
 *
 * @param request the handshake
 * @param parameters what callbacks take from it, converted
 */
public record HandshakeContext(HandshakeRequest request, HandshakeParameters parameters) {
}
