/** Requests of servlet containers, without a container. */
@NullMarked
package io.wsboot.spring.servlet;

import org.jspecify.annotations.NullMarked;
