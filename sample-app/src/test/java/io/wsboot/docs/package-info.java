/** The examples of the pages under {@code docs/}. */
@NullMarked
package io.wsboot.docs;

import org.jspecify.annotations.NullMarked;
