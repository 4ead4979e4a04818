/**
 * The words an application author sees: handlers, sessions, messages, close statuses and
 * the opening handshake. Values and interfaces only; imports nothing else of ours.
 */
@NullMarked
package io.wsboot;

import org.jspecify.annotations.NullMarked;
