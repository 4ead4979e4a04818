/**
 * Addresses, origins and path templates, as people write them in options, annotations and
 * header fields. Imports {@link io.wsboot} only.
 */
@NullMarked
package io.wsboot.server.address;

import org.jspecify.annotations.NullMarked;
