package io.wsboot.server.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.wsboot.server.loop.TimerWheel.Timer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TimerWheelTest {

	private static final long TICK = 1 << 24;

	/** Against a map of deadlines, which is slow and obvious. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })
	void firesEachTimerOnceAtMostATickLate(long seed) {
		Random random = new Random(seed);
		long[] now = { random.nextLong() >> 2 };
		TimerWheel wheel = new TimerWheel(now[0]);
		Map<Integer, Long> model = new HashMap<>();
		List<Timer> timers = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			int name = i;
			timers.add(Timer.of(() -> {
				Long deadline = model.remove(name);
				assertThat(deadline).as("set timer").isNotNull();
				assertThat(deadline).as("not early").isLessThanOrEqualTo(now[0]);
				if (random.nextInt(4) == 0) { // actions set and cancel timers too
					change(random, wheel, model, timers, now[0]);
				}
			}));
		}
		for (int i = 0; i < 5000; i++) {
			change(random, wheel, model, timers, now[0]);
			if (random.nextInt(3) == 0) {
				long sleep = wheel.untilNext(now[0]);
				long until = now[0] + sleep;
				assertThat(wheel.size()).isEqualTo(model.size());
				model.values().forEach((deadline) -> assertThat(until - deadline).isLessThanOrEqualTo(TICK));
				now[0] += switch (random.nextInt(4)) {
					case 0 -> random.nextInt(1000);
					case 1 -> (sleep == Long.MAX_VALUE) ? 1 : sleep;
					case 2 -> random.nextLong(40 * TICK);
					default -> random.nextLong(5000 * TICK);
				};
				wheel.advance(now[0], Integer.MAX_VALUE, Timer::run);
				model.values()
					.forEach((deadline) -> assertThat(now[0] - deadline).as("late").isLessThanOrEqualTo(TICK));
			}
		}
	}

	private static void change(Random random, TimerWheel wheel, Map<Integer, Long> model, List<Timer> timers,
			long now) {
		int name = random.nextInt(timers.size());
		if (random.nextInt(3) == 0) {
			wheel.cancel(timers.get(name));
			model.remove(name);
		}
		else {
			long deadline = now + (random.nextBoolean() ? random.nextLong(3000 * TICK) : random.nextLong(TICK));
			wheel.schedule(timers.get(name), deadline);
			model.put(name, deadline);
		}
	}

	@Test
	void aTimerCancelledByOneOfTheSameTickDoesNotRun() {
		TimerWheel wheel = new TimerWheel(0);
		List<String> ran = new ArrayList<>();
		Timer[] pair = new Timer[2];
		for (int i = 0; i < 2; i++) {
			int other = 1 - i;
			pair[i] = Timer.of(() -> {
				ran.add("one");
				wheel.cancel(pair[other]);
			});
			wheel.schedule(pair[i], 5);
		}
		wheel.advance(2 * TICK, Integer.MAX_VALUE, Timer::run);
		assertThat(ran).containsExactly("one");
		assertThat(wheel.size()).isZero();
	}

	@Test
	void whatIsTooMuchForOneTurnWaitsForTheNext() {
		TimerWheel wheel = new TimerWheel(0);
		List<Integer> ran = new ArrayList<>();
		List<Timer> timers = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			int name = i;
			timers.add(Timer.of(() -> ran.add(name)));
			wheel.schedule(timers.get(i), 5);
		}
		wheel.advance(2 * TICK, 2, Timer::run);
		assertThat(ran).containsExactly(0, 1);
		assertThat(wheel.size()).isEqualTo(3);
		assertThat(wheel.untilNext(2 * TICK)).isZero();
		wheel.cancel(timers.get(2));
		wheel.schedule(timers.get(3), 9 * TICK);
		wheel.advance(2 * TICK, 3, Timer::run);
		assertThat(ran).containsExactly(0, 1, 4);
		assertThat(wheel.untilNext(2 * TICK)).isPositive();
		wheel.advance(11 * TICK, 1, Timer::run);
		assertThat(ran).containsExactly(0, 1, 4, 3);
		assertThat(wheel.size()).isZero();
		assertThat(wheel.untilNext(11 * TICK)).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void anEmptyWheelSleepsForEver() {
		TimerWheel wheel = new TimerWheel(0);
		assertThat(wheel.untilNext(7)).isEqualTo(Long.MAX_VALUE);
		Timer timer = Timer.of(() -> {
		});
		wheel.schedule(timer, 100);
		assertThat(wheel.untilNext(0)).isBetween(100L, 100 + TICK);
		wheel.cancel(timer);
		wheel.cancel(timer);
		assertThat(wheel.untilNext(7)).isEqualTo(Long.MAX_VALUE);
	}

}
