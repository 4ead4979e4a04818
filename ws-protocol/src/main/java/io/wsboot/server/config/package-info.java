/**
 * What can be set: options with their defaults and checks, and the exceptions of a start
 * that fails. Exported. Imports {@code spi}, {@code address} and {@link io.wsboot}.
 */
@NullMarked
package io.wsboot.server.config;

import org.jspecify.annotations.NullMarked;
