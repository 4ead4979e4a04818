/**
 * Spring's reactive handlers on the server, in whole applications.
 */
@NullMarked
package io.wsboot.spring.websocket.reactive;

import org.jspecify.annotations.NullMarked;
