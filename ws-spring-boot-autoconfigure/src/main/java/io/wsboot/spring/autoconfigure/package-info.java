/**
 * Wires the server into an application: properties, conditions, beans and failure
 * analyses. Imports all other packages of this module; nothing imports it.
 */
@NullMarked
package io.wsboot.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
