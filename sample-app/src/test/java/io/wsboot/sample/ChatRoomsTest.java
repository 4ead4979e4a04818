package io.wsboot.sample;

import org.junit.jupiter.api.Test;
import org.mockito.InOrder;
import tools.jackson.databind.json.JsonMapper;

import io.wsboot.Message;
import io.wsboot.WsSession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

class ChatRoomsTest {

	private final ChatRooms rooms = new ChatRooms(JsonMapper.shared());

	@Test
	void aRoomHasPlaceForAHundred() {
		for (int i = 0; i < ChatRooms.MAX_PEOPLE; i++) {
			assertThat(this.rooms.join("full", mock(WsSession.class), "Ann")).isTrue();
		}
		WsSession late = mock(WsSession.class);
		assertThat(this.rooms.join("full", late, "Bob")).isFalse();
		verify(late, never()).send(any(Message.class));
		assertThat(this.rooms.people("full")).hasSize(100).doesNotHaveDuplicates().contains("Ann", "Ann 2", "Ann 100");
	}

	@Test
	void thereIsPlaceForAThousandRooms() {
		for (int i = 0; i < ChatRooms.MAX_ROOMS; i++) {
			this.rooms.join("room " + i, mock(WsSession.class), "Ann");
		}
		assertThat(this.rooms.join("one more", mock(WsSession.class), "Ann")).isFalse();
		assertThat(this.rooms.join("room 0", mock(WsSession.class), "Ann")).isTrue();
		this.rooms.leave("room 1", mock(WsSession.class));
		assertThat(this.rooms.join("one more", mock(WsSession.class), "Ann")).isFalse();
	}

	@Test
	void theRoomOfTheLastOneToLeaveMakesPlace() {
		WsSession last = mock(WsSession.class);
		this.rooms.join("room 0", last, "Ann");
		for (int i = 1; i < ChatRooms.MAX_ROOMS; i++) {
			this.rooms.join("room " + i, mock(WsSession.class), "Ann");
		}
		this.rooms.leave("room 0", last);
		assertThat(this.rooms.join("one more", mock(WsSession.class), "Ann")).isTrue();
	}

	@Test
	void whoIsNotInTheRoomCannotSpeakThere() {
		WsSession member = mock(WsSession.class);
		this.rooms.join("closed", member, "Ann");
		this.rooms.say("closed", mock(WsSession.class), "psst");
		verify(member, never()).send(argThat((Message message) -> message.toString().contains("psst")));
	}

	@Test
	void theNewcomerIsWelcomedBeforeAnythingElse() {
		WsSession ann = mock(WsSession.class);
		WsSession bob = mock(WsSession.class);
		this.rooms.join("order", ann, "Ann");
		this.rooms.join("order", bob, "Bob");
		this.rooms.say("order", bob, "Hello");
		InOrder order = inOrder(ann, bob);
		order.verify(ann).send(event("welcome"));
		order.verify(bob).send(event("welcome"));
		order.verify(ann).send(event("joined"));
		order.verify(ann).send(event("said"));
		order.verify(bob).send(event("said"));
		order.verifyNoMoreInteractions();
	}

	private static Message event(String type) {
		return argThat((Message message) -> message.toString().contains("\"type\":\"" + type + "\""));
	}

}
