/**
 * What no single class can check: who imports whom, and the shape of auto-configurations.
 */
@NullMarked
package io.wsboot.spring.architecture;

import org.jspecify.annotations.NullMarked;
