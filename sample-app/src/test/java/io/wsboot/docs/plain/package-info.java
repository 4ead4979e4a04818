/** The examples of {@code docs/plain-java.md}. */
@NullMarked
package io.wsboot.docs.plain;

import org.jspecify.annotations.NullMarked;
