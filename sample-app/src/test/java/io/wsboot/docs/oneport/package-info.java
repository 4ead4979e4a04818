/** The examples of {@code docs/one-port.md}, which a test starts and connects to. */
@NullMarked
package io.wsboot.docs.oneport;

import org.jspecify.annotations.NullMarked;
