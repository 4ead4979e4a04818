package io.wsboot.spring.actuate;

import java.util.List;

import io.wsboot.WsSessions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * Some of many sessions, in no particular order.
 *
 * @param total how many there are on all pages
 * @param page which page this is, from 0
 * @param size how many are on a full page
 * @param items those on this page
 */
public record SessionPage(long total, int page, int size, List<SessionDescription> items) {

	static final int DEFAULT_SIZE = 50;

	static final int MAX_SIZE = 1000;

	static final SessionPage EMPTY = new SessionPage(0, 0, DEFAULT_SIZE, List.of());

	static SessionPage of(WsSessions sessions, @Nullable Integer page, @Nullable Integer size) {
		int number = within("page", page, 0, Integer.MAX_VALUE);
		int most = within("size", size, DEFAULT_SIZE, MAX_SIZE);
		List<SessionDescription> items = sessions.stream()
			.skip((long) number * most)
			.limit(most)
			.map(SessionDescription::of)
			.toList();
		return new SessionPage(sessions.count(), number, most, items);
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
