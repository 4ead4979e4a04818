package io.wsboot.server.session;

import io.wsboot.WsSession;
import io.wsboot.server.inbound.Pause;
import io.wsboot.server.spi.SessionReading;

/**
 * Stops and continues the reading of a session's connection.
 *
 * @param link the connection
 * @param session the session of the connection
 */
record LinkReading(SessionLink link, WsSession session) implements SessionReading {

	@Override
	public void pause() {
		if (this.session.isOpen()) {
			this.link.pause(Pause.DEMAND);
		}
	}

	@Override
	public void resume() {
		if (this.link.isPaused(Pause.DEMAND)) {
			this.link.execute(() -> this.link.resume(Pause.DEMAND));
		}
	}

}
