package io.wsboot.spring.actuate;

import java.util.List;
import java.util.stream.Stream;

import io.wsboot.WsSession;
import io.wsboot.WsSessions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * A page of sessions in the order of their ids. Ids are random, so the order says nothing
 * about age. A reader who follows {@code next} from page to page meets every session that
 * is open all the while exactly once; page numbers, in contrast, shift with every session
 * that comes or goes before the page.
 *
 * @param total the number of sessions on all pages
 * @param page the number of this page, from 0, counted behind {@code after} if that was
 * given
 * @param size the number of sessions on a full page
 * @param items the sessions on this page
 * @param next the value of {@code after} for the next page, null if there is none
 */
public record SessionPage(long total, int page, int size, List<SessionDescription> items, @Nullable String next) {

	static final int DEFAULT_SIZE = 50;

	static final int MAX_SIZE = 1000;

	static final SessionPage EMPTY = new SessionPage(0, 0, DEFAULT_SIZE, List.of(), null);

	static SessionPage of(WsSessions sessions, @Nullable String after, @Nullable Integer page, @Nullable Integer size) {
		int number = within("page", page, 0, Integer.MAX_VALUE);
		int most = within("size", size, DEFAULT_SIZE, MAX_SIZE);
		long end = (number + 1L) * most;
		// one more, to know whether there is a next page
		SmallestIds smallest = new SmallestIds((int) Math.min(end + 1, Integer.MAX_VALUE));
		long total = 0;
		try (Stream<WsSession> all = sessions.stream()) {
			for (WsSession session : (Iterable<WsSession>) all::iterator) {
				total++;
				if (after == null || session.id().compareTo(after) > 0) {
					smallest.offer(session);
				}
			}
		}
		List<WsSession> found = smallest.inOrder();
		List<WsSession> shown = found.subList((int) Math.min(end - most, found.size()),
				(int) Math.min(end, found.size()));
		String next = (found.size() > end && !shown.isEmpty()) ? shown.get(shown.size() - 1).id() : null;
		return new SessionPage(total, number, most, shown.stream().map(SessionDescription::of).toList(), next);
	}

	private static int within(String name, @Nullable Integer value, int byDefault, int most) {
		if (value == null) {
			return byDefault;
		}
		if (value < 0 || value > most) {
			throw new InvalidEndpointRequestException(name + " " + value + " is out of range",
					name + " must be within 0 to " + most);
		}
		return value;
	}

}
