/** The examples of {@code docs/migration.md}: the same rooms, four times. */
@NullMarked
package io.wsboot.docs.migration;

import org.jspecify.annotations.NullMarked;
