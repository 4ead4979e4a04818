package io.wsboot.sample;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import org.springframework.scheduling.annotation.Scheduled;

import io.wsboot.WsSessions;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.WsEndpoint;

/**
 * Pushes the time to every connected client. One timer serves all clients, and the
 * endpoint keeps no list of clients, so a client that leaves leaves nothing behind.
 */
@WsEndpoint(ClockEndpoint.PATH)
class ClockEndpoint {

	static final String PATH = "/clock";

	private final WsSessions watchers;

	private final Clock clock = Clock.systemUTC();

	ClockEndpoint(WsSessions sessions) {
		this.watchers = sessions.at(PATH);
	}

	@OnOpen
	Tick opened() {
		return tick();
	}

	@Scheduled(fixedRate = 2, timeUnit = TimeUnit.SECONDS)
	void push() {
		this.watchers.convertAndBroadcast(tick());
	}

	private Tick tick() {
		return new Tick(this.clock.instant(), this.watchers.count());
	}

	/**
	 * The message to the clients.
	 *
	 * @param time the server's time
	 * @param watching how many clients are connected
	 */
	record Tick(Instant time, long watching) {
	}

}
