package io.wsboot.sample;

import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.messaging.simp.annotation.SubscribeMapping;
import org.springframework.messaging.simp.user.SimpUser;
import org.springframework.messaging.simp.user.SimpUserRegistry;
import org.springframework.stereotype.Controller;
import org.springframework.web.socket.messaging.SessionConnectedEvent;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;

/**
 * The chat over STOMP: lines for everybody go to a topic, whispers to a user's own
 * destination.
 */
@Controller
@RegisterReflectionForBinding(StompChat.Line.class)
class StompChat {

	static final String PEOPLE = "/topic/people";

	static final String LINES = "/topic/lines";

	static final String WHISPERS = "/queue/whispers";

	static final String REFUSALS = "/queue/refusals";

	private final SimpMessagingTemplate broker;

	private final SimpUserRegistry users;

	private final Clock clock = Clock.systemUTC();

	StompChat(SimpMessagingTemplate broker, SimpUserRegistry users) {
		this.broker = broker;
		this.users = users;
	}

	@SubscribeMapping("/people")
	List<String> people() {
		return this.users.getUsers().stream().map(SimpUser::getName).sorted().toList();
	}

	@MessageMapping("/say")
	@SendTo(LINES)
	Line say(Saying said, Principal author) {
		return line(said, author);
	}

	/** Sends a line to one user, and to its author, in all their sessions. */
	@MessageMapping("/whisper")
	void whisper(Saying said, Principal author) {
		Line line = line(said, author);
		String to = Optional.ofNullable(line.to()).orElse("");
		if (this.users.getUser(to) == null) {
			throw new RefusedException("There is nobody of that name.");
		}
		Set.copyOf(List.of(to, author.getName()))
			.forEach((user) -> this.broker.convertAndSendToUser(user, WHISPERS, line));
	}

	@MessageExceptionHandler
	@SendToUser(destinations = REFUSALS, broadcast = false)
	Refusal refused(RefusedException ex) {
		return new Refusal(String.valueOf(ex.getMessage()));
	}

	@MessageExceptionHandler
	@SendToUser(destinations = REFUSALS, broadcast = false)
	Refusal unreadable(MessageConversionException ex) {
		return new Refusal("Lines look like this: {\"text\": \"hello\"}");
	}

	@EventListener
	void came(SessionConnectedEvent event) {
		this.broker.convertAndSend(PEOPLE, people());
	}

	@EventListener
	void left(SessionDisconnectEvent event) {
		this.broker.convertAndSend(PEOPLE, people());
	}

	private Line line(Saying said, Principal author) {
		String text = ChatText.line(Optional.ofNullable(said.text()).orElse(""));
		if (text.isEmpty()) {
			throw new RefusedException("There is nothing to say.");
		}
		if (text.length() > ChatText.MAX_LINE) {
			throw new RefusedException("At most " + ChatText.MAX_LINE + " characters, please.");
		}
		return new Line(author.getName(), said.to(), text, this.clock.instant());
	}

	/**
	 * What a client says.
	 *
	 * @param to whom it is for, if it is a whisper
	 * @param text the text
	 */
	record Saying(@Nullable String to, @Nullable String text) {
	}

	/**
	 * What clients receive.
	 *
	 * @param name the author's name
	 * @param to whom it is for, if it is a whisper
	 * @param text the text
	 * @param at the time
	 */
	record Line(String name, @Nullable String to, String text, Instant at) {
	}

	/**
	 * Tells the author of a message that nobody else receives it.
	 *
	 * @param reason what was wrong with the message
	 */
	record Refusal(String reason) {
	}

	/** Thrown when nobody shall receive a message. The author receives the reason. */
	private static final class RefusedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		RefusedException(String reason) {
			super(reason);
		}

	}

}
