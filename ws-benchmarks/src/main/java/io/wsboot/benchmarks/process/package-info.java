/**
 * Processes of servers: started on one core, watched through the operating system, and
 * stopped while others are measured. Imports {@code server} for its names.
 */
@NullMarked
package io.wsboot.benchmarks.process;

import org.jspecify.annotations.NullMarked;
