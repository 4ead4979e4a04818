package io.wsboot.sample;

import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.support.ChannelInterceptor;

/**
 * Lets clients subscribe to, and send to, the destinations of the chat only. Without it,
 * a client could send to the topics itself, past the controller, and a subscription to
 * {@code /queue/**} would receive what others whisper.
 */
final class StompDestinations implements ChannelInterceptor {

	private static final Set<String> SUBSCRIBED = Set.of("/app/people", StompChat.PEOPLE, StompChat.LINES,
			"/user" + StompChat.WHISPERS, "/user" + StompChat.REFUSALS);

	private static final Set<String> SENT = Set.of("/app/say", "/app/whisper");

	@Override
	public @Nullable Message<?> preSend(Message<?> message, MessageChannel channel) {
		SimpMessageType type = SimpMessageHeaderAccessor.getMessageType(message.getHeaders());
		String destination = Optional.ofNullable(SimpMessageHeaderAccessor.getDestination(message.getHeaders()))
			.orElse("");
		boolean forbidden = (type == SimpMessageType.SUBSCRIBE && !SUBSCRIBED.contains(destination))
				|| (type == SimpMessageType.MESSAGE && !SENT.contains(destination));
		return forbidden ? null : message; // null: dropped
	}

}
