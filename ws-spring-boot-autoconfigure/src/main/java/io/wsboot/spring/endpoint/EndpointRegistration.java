package io.wsboot.spring.endpoint;

import io.wsboot.EndpointOptions;
import io.wsboot.WsHandler;

/**
 * An annotated bean as a server takes it.
 *
 * @param path the path, its placeholders resolved
 * @param handler the bean's callbacks
 * @param options what the endpoint does its own way
 */
public record EndpointRegistration(String path, WsHandler handler, EndpointOptions options) {
}
