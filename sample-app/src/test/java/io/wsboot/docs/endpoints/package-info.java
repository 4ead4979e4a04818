/** The examples of {@code docs/endpoints.md}. */
@NullMarked
package io.wsboot.docs.endpoints;

import org.jspecify.annotations.NullMarked;
