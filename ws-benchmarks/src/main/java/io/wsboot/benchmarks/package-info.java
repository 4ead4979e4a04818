/**
 * One command that measures servers beside each other, and writes down what it saw.
 * Imports the packages below it.
 */
@NullMarked
package io.wsboot.benchmarks;

import org.jspecify.annotations.NullMarked;
