package io.wsboot.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.wsboot.ClientBytes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Something that is sent on an open connection, and the answer. What is sent is sent
 * whole, and if it is not too long byte by byte and in random cuts. Whatever the server
 * does not close itself is closed in order at the end.
 */
final class Case {

	/** The most that is sent byte by byte, which takes a packet each. */
	private static final int SHORT = 2000;

	/** The most that is sent in random cuts. */
	private static final int MEDIUM = 200_000;

	private final String name;

	private final List<Step> steps = new ArrayList<>();

	private String extensions = "";

	private byte[] sent = {};

	private Case(String name) {
		this.name = name;
	}

	/**
	 * The name begins with the cases of the Autobahn test suite that it is modelled
	 * after, or with the rule.
	 */
	static Case of(String name) {
		return new Case(name);
	}

	/** Offers extensions. */
	Case offering(String extensions) {
		this.extensions = extensions;
		return this;
	}

	Case send(ClientBytes bytes) {
		this.sent = bytes.bytes();
		return this;
	}

	/**
	 * The answer to what has been sent: messages in their order, and control frames in
	 * theirs.
	 */
	Case expect(String... events) {
		this.steps.add(new Step(this.sent, List.of(events)));
		this.sent = new byte[0];
		return this;
	}

	private record Step(byte[] sent, List<String> events) {
	}

	String name() {
		return this.name;
	}

	void run(Setting setting, int port) throws IOException {
		for (Cut cut : Cut.values()) {
			int size = this.steps.stream().mapToInt((step) -> step.sent.length).sum();
			if (cut == Cut.WHOLE || size <= SHORT || (cut == Cut.RANDOM && size <= MEDIUM)) {
				try {
					run(setting, port, cut);
				}
				catch (IOException | RuntimeException | AssertionError ex) {
					throw new AssertionError("[" + cut + "] " + ex.getMessage(), ex);
				}
			}
		}
	}

	private void run(Setting setting, int port, Cut cut) throws IOException {
		try (Peer peer = Peer.open(setting, port, this.extensions)) {
			boolean closed = false;
			for (Step step : this.steps) {
				peer.send(step.sent, cut);
				List<String> events = new ArrayList<>();
				for (int i = 0; i < step.events.size(); i++) {
					events.add(peer.readEvent());
				}
				assertThat(lane(events, true)).isEqualTo(lane(step.events, true));
				assertThat(lane(events, false)).isEqualTo(lane(step.events, false));
				closed = step.events.stream().anyMatch((event) -> event.startsWith("close"));
			}
			if (closed) {
				peer.expectEnd();
			}
			else {
				peer.closeInOrder();
			}
		}
	}

	/** Control frames may overtake messages (RFC 6455 §5.4), but not each other. */
	private static List<String> lane(List<String> events, boolean control) {
		return events.stream()
			.filter((event) -> control == (event.startsWith("p") || event.startsWith("close")))
			.toList();
	}

}
