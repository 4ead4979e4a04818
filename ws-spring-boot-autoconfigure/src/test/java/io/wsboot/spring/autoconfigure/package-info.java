/**
 * What an application gets by having the module on its class path.
 */
@NullMarked
package io.wsboot.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
