/**
 * One thread with one selector: its sockets, tasks, timers and memory, the queues between
 * threads, and no knowledge of WebSocket. Imports {@link io.wsboot} only.
 */
@NullMarked
package io.wsboot.server.loop;

import org.jspecify.annotations.NullMarked;
