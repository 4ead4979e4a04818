/**
 * What {@code docs/testing.md} shows.
 */
@NullMarked
package io.wsboot.docs.testing;

import org.jspecify.annotations.NullMarked;
