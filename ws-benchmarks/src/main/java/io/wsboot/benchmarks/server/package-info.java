/**
 * The servers that are measured, each in a process of its own: {@code ServerMain} starts
 * one of them. All of them echo at {@code /echo}, and at {@code /fanout} send what one
 * connection says to all of them.
 */
@NullMarked
package io.wsboot.benchmarks.server;

import org.jspecify.annotations.NullMarked;
