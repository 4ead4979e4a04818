package io.wsboot.spring.websocket;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.wsboot.server.WsServer;
import io.wsboot.spring.context.WsHandlerRegistration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.wsboot.Execution;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;
import org.springframework.web.socket.handler.SessionLimitExceededException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Senders wait for a client that reads slowly. */
@Timeout(60)
class BlockingSendTests {

	private static final TextMessage MESSAGE = new TextMessage("x".repeat(10_000));

	private final RecordingHandler handler = new RecordingHandler();

	private WsServer server;

	private SlowClient client;

	@BeforeEach
	void connect() throws IOException {
		WsHandlerRegistration registration = new WebSocketHandlers(Execution.WORKER, 256 * 1024, () -> false)
			.at("/slow", this.handler);
		this.server = WsServer.builder()
			.port(0)
			.handler(registration.path(), registration.handler(), registration.options())
			.start();
		this.client = new SlowClient(this.server.port(), "/slow");
	}

	@AfterEach
	void stop() throws IOException {
		this.client.close();
		this.server.close();
	}

	/** A thread that sends until an exception is thrown. */
	private static BlockingQueue<Throwable> flood(WebSocketSession session, Thread[] thread) {
		BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
		thread[0] = new Thread(() -> {
			try {
				while (true) {
					session.sendMessage(MESSAGE);
				}
			}
			catch (Throwable ex) {
				failures.add(ex);
			}
		});
		thread[0].start();
		await().until(() -> thread[0].getState() == Thread.State.WAITING);
		return failures;
	}

	@Test
	void aSenderWaitsAndGoesOnWhenTheClientReads() throws Exception {
		WebSocketSession session = this.handler.session();
		BlockingQueue<Integer> sent = new LinkedBlockingQueue<>();
		Thread sender = new Thread(() -> {
			try {
				for (int i = 0; i < 2000; i++) {
					session.sendMessage(new BinaryMessage(new byte[10_000]));
					sent.add(i);
				}
			}
			catch (IOException ex) {
				sent.clear();
			}
		});
		sender.start();
		await().until(() -> sender.getState() == Thread.State.WAITING);
		assertThat(sent).hasSizeLessThan(2000);
		assertThat(this.server.sessions().find(session.getId()).orElseThrow().queuedBytes()).isLessThan(80_000);
		for (int i = 0; i < 2000; i++) {
			assertThat(this.client.readFrame()).isEqualTo(2);
		}
		sender.join(10_000);
		assertThat(sent).hasSize(2000);
	}

	@Test
	void aSenderThatWaitsIsToldThatTheClientIsLost() throws Exception {
		BlockingQueue<Throwable> failures = flood(this.handler.session(), new Thread[1]);
		this.client.reset();
		assertThat(failures.poll(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
		this.handler.expect("open", "error", "closed 1006");
	}

	@Test
	void aSenderThatWaitsIsToldThatTheSessionIsClosed() throws Exception {
		WebSocketSession session = this.handler.session();
		BlockingQueue<Throwable> failures = flood(session, new Thread[1]);
		session.close(CloseStatus.SESSION_NOT_RELIABLE);
		assertThat(failures.poll(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
	}

	@Test
	void aSenderThatWaitsCanBeInterrupted() throws Exception {
		WebSocketSession session = this.handler.session();
		Thread[] thread = new Thread[1];
		BlockingQueue<Throwable> failures = flood(session, thread);
		thread[0].interrupt();
		assertThat(failures.poll(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedIOException.class);
		assertThat(session.isOpen()).isTrue();
	}

	@Test
	void theTimeLimitOfTheDecoratorBites() throws Exception {
		WebSocketSession session = this.handler.session();
		ConcurrentWebSocketSessionDecorator decorator = new ConcurrentWebSocketSessionDecorator(session, 100,
				Integer.MAX_VALUE);
		flood(decorator, new Thread[1]);
		await().until(() -> decorator.getTimeSinceSendStarted() > 100);
		assertThatExceptionOfType(SessionLimitExceededException.class).isThrownBy(() -> decorator.sendMessage(MESSAGE))
			.withMessageContaining("Send time");
	}

	@Test
	void theBufferLimitOfTheDecoratorBites() throws Exception {
		WebSocketSession session = this.handler.session();
		ConcurrentWebSocketSessionDecorator decorator = new ConcurrentWebSocketSessionDecorator(session, 60_000,
				5 * 10_000);
		flood(decorator, new Thread[1]);
		assertThatExceptionOfType(SessionLimitExceededException.class).isThrownBy(() -> {
			for (int i = 0; i < 6; i++) {
				decorator.sendMessage(MESSAGE);
			}
		}).withMessageContaining("Buffer size");
	}

}
