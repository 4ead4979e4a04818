package io.wsboot.spring.servlet;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import io.wsboot.server.spi.WsServerObserver.CloseInitiator;
import io.wsboot.spring.servlet.HttpSessionSockets.Sockets;
import jakarta.servlet.http.HttpSessionEvent;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpSession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

/** HTTP sessions that end, and change their ids, at any moment of a WebSocket session. */
class HttpSessionSocketsTests {

	private static final CloseStatus ENDED = CloseStatus.of(4003);

	private final HttpSessionSockets sockets = new HttpSessionSockets(ENDED);

	private final MockHttpSession http = new MockHttpSession(null, "first");

	private final WsSession session = mock();

	private void handshake() {
		given(this.session.attributes()).willReturn(Map.of(HttpSessionSockets.ATTRIBUTE, this.sockets.of(this.http)));
	}

	private void end() {
		this.sockets.sessionDestroyed(new HttpSessionEvent(this.http));
	}

	@Test
	void anEndClosesWhatIsOpen() {
		handshake();
		this.sockets.opened(this.session);
		end();
		verify(this.session).close(ENDED);
	}

	@Test
	void anEndBetweenHandshakeAndOpeningClosesWhatOpens() {
		handshake();
		end();
		verify(this.session, never()).close(any());
		this.sockets.opened(this.session);
		verify(this.session).close(ENDED);
	}

	@Test
	void whatHasClosedIsLeftAlone() {
		handshake();
		this.sockets.opened(this.session);
		this.sockets.closed(this.session, CloseStatus.NORMAL, CloseInitiator.CLIENT, 1);
		end();
		verify(this.session, never()).close(any());
	}

	@Test
	void anApplicationThatClearsTheAttributesChangesNothing() {
		handshake();
		this.sockets.opened(this.session);
		given(this.session.attributes()).willReturn(Map.of());
		end();
		verify(this.session).close(ENDED);
	}

	@Test
	void sessionsWithoutHttpSessionAreIgnored() {
		given(this.session.attributes()).willReturn(Map.of());
		this.sockets.opened(this.session);
		end();
		this.sockets.closed(this.session, CloseStatus.NORMAL, CloseInitiator.CLIENT, 1);
		verify(this.session, never()).close(any());
	}

	@Test
	void anotherIdIsTheSameSession() {
		handshake();
		this.sockets.opened(this.session);
		String id = this.http.changeSessionId();
		assertThat(id).isNotEqualTo("first");
		assertThat(this.sockets.of(this.http)).isSameAs(this.session.attributes().get(HttpSessionSockets.ATTRIBUTE));
		end();
		verify(this.session).close(ENDED);
	}

	/** A request that began before may hold its own copy of the session. */
	@Test
	void aHandshakeAfterTheEndOpensNothing() {
		end();
		handshake();
		this.sockets.opened(this.session);
		verify(this.session).close(ENDED);
		assertThat(this.sockets.of(new MockHttpSession(null, "second")).add(this.session)).isTrue();
	}

	/** With Spring Session each request has its own copy of the session. */
	@Test
	void aCopyOfTheSessionFromBeforeTheHandshakeEndsIt() {
		handshake();
		this.sockets.opened(this.session);
		this.sockets.sessionDestroyed(new HttpSessionEvent(new MockHttpSession(null, "first")));
		verify(this.session).close(ENDED);
	}

	@Test
	void onlySomeEndedSessionsAreKept() {
		end();
		for (int i = 0; i < EndedSessions.MOST; i++) {
			this.sockets.sessionDestroyed(new HttpSessionEvent(new MockHttpSession(null, "other " + i)));
		}
		assertThat(this.sockets.of(this.http).add(this.session)).isTrue();
	}

	/** The table knows sockets only for as long as somebody else does. */
	@Test
	void aHandshakeThatComesToNothingLeavesNothingBehind() {
		AtomicReference<@Nullable Sockets> handshake = new AtomicReference<>(this.sockets.of(this.http));
		assertThat(this.sockets.of(this.http)).isSameAs(handshake.get());
		assertThat(this.sockets.size()).isEqualTo(1);
		handshake.set(null);
		Awaitility.await().untilAsserted(() -> {
			System.gc();
			assertThat(this.sockets.size()).isZero();
		});
		handshake();
		this.sockets.opened(this.session);
		end();
		verify(this.session).close(ENDED);
	}

}
