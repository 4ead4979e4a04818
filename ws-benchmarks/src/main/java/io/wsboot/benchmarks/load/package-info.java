/**
 * The load: one thread, raw sockets, no library. Sends frames that were masked beforehand
 * and compares every byte that comes back with what must come back. Imports nothing of
 * ours.
 */
@NullMarked
package io.wsboot.benchmarks.load;

import org.jspecify.annotations.NullMarked;
