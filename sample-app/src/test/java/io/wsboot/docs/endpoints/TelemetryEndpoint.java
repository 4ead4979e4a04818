package io.wsboot.docs.endpoints;

import java.nio.ByteBuffer;

import io.wsboot.Execution;
import io.wsboot.SessionAttribute;
import io.wsboot.WsSession;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.WsEndpoint;

@WsEndpoint(path = "/telemetry", maxMessageSize = "64KB", maxMessagesPerSecond = "${telemetry.rate:1000}",
		maxQueued = "256KB")
class TelemetryEndpoint {

	private static final SessionAttribute<Counter> COUNTER = SessionAttribute.of("counter", Counter.class);

	@OnOpen
	void opened(WsSession session) {
		COUNTER.set(session, new Counter());
	}

	@OnMessage(execution = Execution.EVENT_LOOP) // quick, and never blocks
	void measured(ByteBuffer sample, WsSession session) {
		COUNTER.get(session).bytes += sample.remaining();
	}

	@OnMessage // on a worker, behind what came before
	long asked(String question, WsSession session) {
		return COUNTER.get(session).bytes;
	}

	/** One callback at a time per session, each seeing what the one before has done. */
	private static final class Counter {

		private long bytes;

	}

}
