/**
 * Tables and a chart of what was measured. Imports {@code scenario} and {@code process}
 * for their names.
 */
@NullMarked
package io.wsboot.benchmarks.report;

import org.jspecify.annotations.NullMarked;
