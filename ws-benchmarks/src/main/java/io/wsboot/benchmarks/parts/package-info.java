/**
 * What the parts of the server cost, measured with JMH. Imports the sans-I/O packages,
 * which are reachable as all of this runs on the class path.
 */
@NullMarked
package io.wsboot.benchmarks.parts;

import org.jspecify.annotations.NullMarked;
