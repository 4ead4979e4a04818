package io.wsboot.spring.endpoint;

import io.wsboot.EndpointOptions;
import io.wsboot.WsHandler;

/**
 * An annotated bean in the terms of a server.
 *
 * @param path the path, its placeholders resolved
 * @param handler calls the bean
 * @param options the options that the bean's annotations set
 */
public record EndpointRegistration(String path, WsHandler handler, EndpointOptions options) {
}
