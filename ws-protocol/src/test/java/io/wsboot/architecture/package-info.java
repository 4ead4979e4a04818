/**
 * What no single class can check: who imports whom, what the sans-I/O packages stay clear
 * of, names, sizes.
 */
@NullMarked
package io.wsboot.architecture;

import org.jspecify.annotations.NullMarked;
