/**
 * Finds the beans of an application that verify credentials, in servlet and in reactive
 * applications. Imports {@link io.wsboot.spring.security} only, and no properties.
 */
@NullMarked
package io.wsboot.spring.autoconfigure.authentication;

import org.jspecify.annotations.NullMarked;
