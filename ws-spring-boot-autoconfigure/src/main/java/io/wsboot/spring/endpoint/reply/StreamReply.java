package io.wsboot.spring.endpoint.reply;

import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.wsboot.PayloadConverter;
import io.wsboot.WsSession;

/**
 * Sends every element that a reactive type yields, as it comes.
 *
 * @param publisher makes a publisher of a value of that type
 * @param writer turns an element into a message
 * @param streams knows what is being published
 * @param failure is told what fails
 */
record StreamReply(Function<Object, Flow.Publisher<?>> publisher, PayloadConverter writer, ReplyStreams streams,
		BiConsumer<WsSession, Throwable> failure) implements Reply {

	@Override
	public void send(WsSession session, Object value) {
		this.streams.start(session, this.publisher.apply(value), this.writer, this.failure);
	}

}
