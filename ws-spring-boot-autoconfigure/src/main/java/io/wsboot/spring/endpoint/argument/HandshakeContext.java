package io.wsboot.spring.endpoint.argument;

import io.wsboot.HandshakeRequest;

/**
 * The source of arguments of an {@link io.wsboot.spring.annotation.OnHandshake} method.
 *
 * @param request the request
 * @param parameters the converted parameters of the endpoint's callbacks
 */
public record HandshakeContext(HandshakeRequest request, HandshakeParameters parameters) {
}
