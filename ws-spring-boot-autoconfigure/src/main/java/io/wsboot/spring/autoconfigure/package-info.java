/**
 * Wires the server into an application: properties, conditions and beans. Imports all
 * other packages of this module, and no package imports this one.
 */
@NullMarked
package io.wsboot.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
