package io.wsboot;

import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class EndpointLimitsTest {

	static Stream<Arguments> nonsense() {
		EndpointLimits limits = EndpointLimits.OF_SERVER;
		return Stream.of(row(() -> limits.withMaxMessageSize(-1), "a message of at most -1 bytes"),
				row(() -> limits.withMaxFrameSize(-1), "a frame of at most -1 bytes"),
				row(() -> limits.withMaxFragments(-1), "a message of at most -1 frames"),
				row(() -> limits.withMaxPendingMessages(-1), "a backlog of at most -1 messages"),
				row(() -> limits.withMaxMessagesPerSecond(-1), "a rate of at most -1 messages a second"),
				row(() -> limits.withMaxQueued(-1), "a queue of at most -1 bytes"),
				row(() -> limits.withMaxMessageSize(7).withMaxFrameSize(8),
						"a frame of at most 8 bytes in a message of at most 7"));
	}

	private static Arguments row(ThrowingCallable made, String message) {
		return arguments(made, message);
	}

	@ParameterizedTest(name = "{1}")
	@MethodSource
	void nonsense(ThrowingCallable made, String message) {
		assertThatIllegalArgumentException().isThrownBy(made).withMessage(message);
	}

}
