package io.wsboot.spring.actuate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.wsboot.WsSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class SmallestIdsTests {

	@ParameterizedTest
	@ValueSource(ints = { 1, 7, 99, 100, 101, Integer.MAX_VALUE })
	void areTheFirstOfAllInOrder(int most) {
		List<String> ids = new ArrayList<>(IntStream.range(0, 100).mapToObj((i) -> String.format("%02x", i)).toList());
		Collections.shuffle(ids, new Random(most));
		SmallestIds smallest = new SmallestIds(most);
		ids.forEach((id) -> smallest.offer(session(id)));
		Collections.sort(ids);
		assertThat(smallest.inOrder()).extracting(WsSession::id).isEqualTo(ids.subList(0, Math.min(most, 100)));
	}

	@Test
	void areNoneIfNoneAreWanted() {
		SmallestIds smallest = new SmallestIds(0);
		smallest.offer(session("a"));
		assertThat(smallest.inOrder()).isEmpty();
	}

	private static WsSession session(String id) {
		WsSession session = mock(WsSession.class);
		given(session.id()).willReturn(id);
		return session;
	}

}
