/**
 * The types that an application works with: handlers, sessions, messages, close statuses
 * and the opening handshake. The package holds values and interfaces, and imports no
 * other package of the project.
 */
@NullMarked
package io.wsboot;

import org.jspecify.annotations.NullMarked;
