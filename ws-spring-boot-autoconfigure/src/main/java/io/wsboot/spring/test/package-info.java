/** A client and a free port for tests of applications. Imports {@link io.wsboot}. */
@NullMarked
package io.wsboot.spring.test;

import org.jspecify.annotations.NullMarked;
