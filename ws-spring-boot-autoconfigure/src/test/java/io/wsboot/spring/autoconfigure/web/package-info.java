/**
 * The port of a web server is shared, in whole applications.
 */
@NullMarked
package io.wsboot.spring.autoconfigure.web;

import org.jspecify.annotations.NullMarked;
