/**
 * What the context is told of, without a context.
 */
@NullMarked
package io.wsboot.spring.context;

import org.jspecify.annotations.NullMarked;
