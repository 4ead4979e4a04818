/**
 * Who is subscribed to which topic, by topic and by event loop, and the way of a
 * published message to the members. Imports {@code outbound}, {@code config},
 * {@code loop}, {@code
 * spi}, {@code io.wsboot.protocol.outgoing} and {@link io.wsboot}; knows no session, but
 * {@code TopicMember}.
 */
@NullMarked
package io.wsboot.server.topic;

import org.jspecify.annotations.NullMarked;
