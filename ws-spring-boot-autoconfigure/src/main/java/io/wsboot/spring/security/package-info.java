/**
 * Spring Security at the handshake and around the callbacks. Imports {@code io.wsboot}
 * and {@code io.wsboot.server} with {@code config} and {@code spi} below that. Only
 * {@code autoconfigure} refers to this package, as an application must start without
 * Spring Security.
 */
@NullMarked
package io.wsboot.spring.security;

import org.jspecify.annotations.NullMarked;
