/**
 * What endpoints inherit from another package.
 */
@NullMarked
package io.wsboot.spring.endpoint.library;

import org.jspecify.annotations.NullMarked;
