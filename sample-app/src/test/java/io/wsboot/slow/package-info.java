/** An endpoint that tests of limits add to the packaged sample. */
@NullMarked
package io.wsboot.slow;

import org.jspecify.annotations.NullMarked;
