/**
 * The interfaces that a host implements, such as interceptors and observers, and the
 * statistics that a host reads; an exported package. Imports {@link io.wsboot} only.
 */
@NullMarked
package io.wsboot.server.spi;

import org.jspecify.annotations.NullMarked;
