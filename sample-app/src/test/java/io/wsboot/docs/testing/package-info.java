/** The examples of {@code docs/testing.md}. */
@NullMarked
package io.wsboot.docs.testing;

import org.jspecify.annotations.NullMarked;
