/**
 * One thread with one selector: its sockets, tasks, timers and memory, and the queues
 * between threads. A loop knows no WebSocket. Imports {@code io.wsboot.protocol} for the
 * working memory that connections of a loop share, and nothing else of ours.
 */
@NullMarked
package io.wsboot.server.loop;

import org.jspecify.annotations.NullMarked;
