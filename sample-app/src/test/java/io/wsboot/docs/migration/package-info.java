/**
 * What {@code docs/migration.md} shows: the same rooms, four times.
 */
@NullMarked
package io.wsboot.docs.migration;

import org.jspecify.annotations.NullMarked;
