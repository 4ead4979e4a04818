/**
 * What is measured, and how. Imports {@code load} and {@code process}.
 */
@NullMarked
package io.wsboot.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
