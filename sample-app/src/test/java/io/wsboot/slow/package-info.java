/**
 * What the packaged sample gets beside its own endpoints in tests of its limits.
 */
@NullMarked
package io.wsboot.slow;

import org.jspecify.annotations.NullMarked;
