package io.wsboot.server;

import java.nio.ByteBuffer;
import java.time.Duration;

import io.wsboot.EndpointLimits;
import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.MessageDelivery;
import io.wsboot.SendResult;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.OverflowPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Endpoints with limits of their own, beside one of a server whose limits are 1000 bytes.
 */
class EndpointLimitsTest {

	private static final EndpointLimits NONE = EndpointLimits.OF_SERVER;

	private final RecordingHandler handler = new RecordingHandler();

	private final RecordingHandler full = new RecordingHandler();

	private RunningServer server;

	@BeforeEach
	void start() {
		this.server = new RunningServer(this.handler,
				(options) -> options.maxMessageSize(1000)
					.maxFrameSize(1000)
					.maxFragments(3)
					.outbound(new OutboundOptions(1 << 20, 1 << 16, OverflowPolicy.DROP_NEWEST, Duration.ZERO)),
				(builder) -> builder.handler("/big", this.handler, limits(NONE.withMaxMessageSize(100_000)))
					.handler("/small", this.handler, limits(NONE.withMaxMessageSize(10)))
					.handler("/frames", this.handler, limits(NONE.withMaxFrameSize(10).withMaxFragments(200)))
					.handler("/parts", new Skipping(),
							limits(NONE.withMaxMessageSize(10)).withBinary(MessageDelivery.inParts(0)))
					.handler("/rate", this.handler, limits(NONE.withMaxMessagesPerSecond(2)))
					.handler("/queue", this.full, limits(NONE.withMaxQueued(1000))));
	}

	@AfterEach
	void stop() {
		this.server.close();
		this.handler.expectNothing();
	}

	@ParameterizedTest
	@CsvSource({ "/, 1000", "/big, 100000", "/small, 10", "/frames, 10" })
	void framesUpToTheLimit(String path, int most) {
		RawClient client = this.server.open(path);
		client.send(RawClient.frame(0x82, new byte[most]));
		this.handler.expect("open");
		this.handler.expect("binary " + most);
		client.send(RawClient.frame(0x82, new byte[most + 1]));
		client.expectClose(1009);
		client.close();
		this.handler.expect("close 1009");
	}

	@ParameterizedTest
	@CsvSource({ "/, 3, 1008", "/frames, 200, 1008", "/frames, 101, 1009" })
	void fragmentsUpToTheLimit(String path, int most, int code) {
		RawClient client = this.server.open(path);
		client.send(RawClient.frame(0x02, new byte[1]));
		byte[] each = new byte[(code == 1009) ? 10 : 1];
		for (int i = 1; i < most; i++) {
			client.send(RawClient.frame(0x00, each));
		}
		client.send(RawClient.frame(0x80, each));
		client.expectClose(code);
		client.close();
		this.handler.expect("open");
		this.handler.expect("close " + code);
	}

	@Test
	void partsHaveTheEndpointsBoundTooIfNoneOfTheirOwn() {
		RawClient client = this.server.open("/parts");
		client.send(RawClient.frame(0x02, new byte[10]), RawClient.frame(0x80, new byte[1]));
		client.expectClose(1009);
	}

	@Test
	void messagesPerSecond() {
		RawClient client = this.server.open("/rate");
		client.send(RawClient.textFrame("1"), RawClient.textFrame("2"), RawClient.textFrame("3"));
		client.expectClose(1008);
		client.close();
		this.handler.expect("open");
		this.handler.expect("text 1");
		this.handler.expect("text 2");
		this.handler.expect("close 1008");
	}

	@Test
	void queuedBytes() {
		RawClient client = this.server.openWithSmallWindow("/queue");
		WsSession session = this.full.expectOpen();
		SendResult result = SendResult.QUEUED;
		for (int i = 0; i < 100_000 && result != SendResult.DROPPED; i++) {
			result = session.send(ByteBuffer.allocate(500));
		}
		assertThat(result).isEqualTo(SendResult.DROPPED);
		assertThat(session.queuedBytes()).isLessThanOrEqualTo(1000);
	}

	@Test
	void aFrameLimitAboveTheServersMessageLimitStopsTheStart() {
		WsServerBuilder builder = WsServer.builder()
			.port(0)
			.options((options) -> options.maxMessageSize(1000).maxFrameSize(1000))
			.handler("/", this.handler, limits(NONE.withMaxFrameSize(1001)));
		assertThatIllegalArgumentException().isThrownBy(builder::start)
			.withMessageContaining(
					"the endpoint at / takes frames of 1001 bytes, but messages, which they are part of, of 1000 bytes");
	}

	/** Takes parts and forgets them. */
	private static final class Skipping implements WsHandler {

		@Override
		public void onBinaryPart(WsSession session, ByteBuffer part, boolean last) {
		}

	}

	private static EndpointOptions limits(EndpointLimits limits) {
		return EndpointOptions.DEFAULTS.withExecution(Execution.EVENT_LOOP).withLimits(limits);
	}

}
