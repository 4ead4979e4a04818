/**
 * Tests of RFC 7692 without frames.
 */
@NullMarked
package io.wsboot.deflate;

import org.jspecify.annotations.NullMarked;
