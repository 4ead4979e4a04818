/**
 * What a host of a server plugs in, such as interceptors and observers, and the counts
 * that a host reads. Exported. Imports {@link io.wsboot} only.
 */
@NullMarked
package io.wsboot.server.spi;

import org.jspecify.annotations.NullMarked;
