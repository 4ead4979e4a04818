/**
 * Tests of what beans see of the server, without an application context.
 */
@NullMarked
package io.wsboot.spring.context;

import org.jspecify.annotations.NullMarked;
