package io.wsboot.server;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.MessageDelivery;
import io.wsboot.WsSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Endpoints of which one type of message comes on workers and the other on the loop. */
class ExecutionPerTypeTest {

	private static final String LOOP = "ws-loop-", WORKER = "ws-handler-";

	/** Holds up the callback for the text "block". */
	private final CountDownLatch release = new CountDownLatch(1);

	private final RecordingHandler handler = new RecordingHandler(this::script);

	private final RunningServer server = new RunningServer(this.handler, (options) -> {
	}, (builder) -> builder
		.handler("/workers", this.handler,
				EndpointOptions.DEFAULTS.withExecution(Execution.WORKER)
					.withBinary(MessageDelivery.WHOLE.withExecution(Execution.EVENT_LOOP)))
		.handler("/loops", this.handler, EndpointOptions.DEFAULTS.withExecution(Execution.EVENT_LOOP)
			.withText(MessageDelivery.WHOLE.withExecution(Execution.WORKER))));

	private void script(WsSession session, String what) throws Exception {
		if (what.equals("text block")) {
			assertThat(this.release.await(10, TimeUnit.SECONDS)).isTrue();
		}
		if (what.equals("binary 3")) {
			session.close();
		}
		if (what.equals("binary 4")) {
			throw new IllegalStateException("four");
		}
	}

	@AfterEach
	void stop() {
		this.release.countDown();
		this.server.close();
		this.handler.expectNothing();
	}

	@Test
	void whatMayRunOnTheLoopDoesIfNothingIsAheadOfIt() {
		RawClient client = this.server.open("/workers");
		expect("open", WORKER);
		awaitLoop(client);
		client.send(RawClient.textFrame("a"));
		expect("text a", WORKER);
		client.closeInOrder();
		expect("close 1000", WORKER);
	}

	@Test
	void whatNeedsAWorkerGetsOneInAnEndpointOfTheLoop() {
		RawClient client = this.server.open("/loops");
		expect("open", LOOP);
		client.send(RawClient.textFrame("a"));
		expect("text a", WORKER);
		client.closeInOrder();
		this.handler.expect("close 1000");
	}

	@Test
	void orderComesFirst() {
		RawClient client = this.server.open("/workers");
		expect("open", WORKER);
		client.send(RawClient.textFrame("block"), RawClient.frame(0x82, new byte[1]),
				RawClient.frame(0x82, new byte[2]), RawClient.textFrame("b"));
		expect("text block", WORKER);
		this.server.settle();
		this.handler.expectNothing();
		this.release.countDown();
		expect("binary 1", WORKER);
		expect("binary 2", WORKER);
		expect("text b", WORKER);
		client.closeInOrder();
		this.handler.expect("close 1000");
	}

	@Test
	void aCallbackOnTheLoopThatClosesIsNotOvertakenByTheEnd() {
		RawClient client = this.server.open("/workers");
		expect("open", WORKER);
		awaitLoop(client);
		client.send(RawClient.frame(0x82, new byte[3]));
		expect("binary 3", LOOP);
		client.expectClose(1000);
		client.sendClose(1000);
		expect("close 1000", WORKER);
	}

	@Test
	void anErrorOnTheLoopIsTheSameErrorAsOnAWorker() {
		RawClient client = this.server.open("/workers");
		expect("open", WORKER);
		awaitLoop(client);
		client.send(RawClient.frame(0x82, new byte[4]));
		expect("binary 4", LOOP);
		expect("error four", LOOP);
		client.expectClose(1011);
		client.sendClose(1011);
		expect("close 1011", WORKER);
	}

	@Test
	void noMessageIsLostOrOvertakenUnderLoad() {
		RawClient client = this.server.open("/workers");
		expect("open", WORKER);
		for (int i = 0; i < 500; i++) {
			client.send(RawClient.textFrame("t" + i), RawClient.frame(0x82, new byte[10 + i % 2]));
			if (i % 50 == 0) {
				this.server.settle();
			}
		}
		for (int i = 0; i < 500; i++) {
			this.handler.expect("text t" + i);
			this.handler.expect("binary " + (10 + i % 2));
		}
		client.closeInOrder();
		this.handler.expect("close 1000");
	}

	/** Until the worker has let go of the session, messages come there. */
	private void awaitLoop(RawClient client) {
		Awaitility.await().until(() -> {
			client.send(RawClient.frame(0x82, new byte[1]));
			return this.handler.expect("binary 1").thread().startsWith(LOOP);
		});
	}

	private void expect(String what, String thread) {
		assertThat(this.handler.expect(what).thread()).startsWith(thread);
	}

}
