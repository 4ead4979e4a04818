/** Tests of Spring's WebSocket API on the server. */
@NullUnmarked
package io.wsboot.spring.websocket;

import org.jspecify.annotations.NullUnmarked;
