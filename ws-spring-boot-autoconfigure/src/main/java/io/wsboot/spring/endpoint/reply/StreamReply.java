package io.wsboot.spring.endpoint.reply;

import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.wsboot.PayloadConverter;
import io.wsboot.WsSession;

/**
 * Sends each element of a reactive type as it comes.
 *
 * @param publisher makes a publisher of a return value
 * @param writer turns an element into a message
 * @param streams the streams of the endpoint
 * @param failure takes the exception of the publisher
 */
record StreamReply(Function<Object, Flow.Publisher<?>> publisher, PayloadConverter writer, ReplyStreams streams,
		BiConsumer<WsSession, Throwable> failure) implements Reply<WsSession> {

	@Override
	public void send(WsSession session, Object value) {
		this.streams.start(session, this.publisher.apply(value), this.writer, this.failure);
	}

}
