/**
 * What {@code docs/endpoints.md} shows.
 */
@NullMarked
package io.wsboot.docs.endpoints;

import org.jspecify.annotations.NullMarked;
