/**
 * For tests of applications. Imports nothing else of ours.
 */
@NullMarked
package io.wsboot.spring.test;

import org.jspecify.annotations.NullMarked;
