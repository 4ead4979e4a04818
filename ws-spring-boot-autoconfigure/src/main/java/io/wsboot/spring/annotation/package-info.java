/**
 * The annotations of beans that serve WebSocket sessions, and of the parameters of their
 * methods. Imports only {@link io.wsboot.Execution} of wsboot's own types.
 */
@NullMarked
package io.wsboot.spring.annotation;

import org.jspecify.annotations.NullMarked;
