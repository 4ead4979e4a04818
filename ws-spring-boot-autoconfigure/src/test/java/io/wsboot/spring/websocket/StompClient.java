package io.wsboot.spring.websocket;

import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import jakarta.websocket.ContainerProvider;
import jakarta.websocket.WebSocketContainer;

import org.springframework.messaging.converter.StringMessageConverter;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.messaging.simp.stomp.StompSession;
import org.springframework.messaging.simp.stomp.StompSessionHandlerAdapter;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.client.WebSocketClient;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.messaging.WebSocketStompClient;
import org.springframework.web.socket.sockjs.client.SockJsClient;
import org.springframework.web.socket.sockjs.client.Transport;

/** Spring's STOMP client. */
final class StompClient extends StompSessionHandlerAdapter implements AutoCloseable {

	private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();

	private final WebSocketStompClient client;

	private final StompSession session;

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	private StompClient(WebSocketClient webSocket, String url, String user) throws Exception {
		this.scheduler.setDaemon(true);
		this.scheduler.initialize();
		this.client = new WebSocketStompClient(webSocket);
		this.client.setMessageConverter(new StringMessageConverter());
		this.client.setTaskScheduler(this.scheduler);
		this.client.setDefaultHeartbeat(new long[] { 500, 500 });
		this.client.setInboundMessageSizeLimit(1024 * 1024);
		WebSocketHttpHeaders headers = new WebSocketHttpHeaders();
		if (user != null) {
			headers.add("X-User", user);
		}
		StompHeaders connect = new StompHeaders();
		connect.add("greeting", "hi");
		this.session = this.client.connectAsync(url, headers, connect, this).get(20, TimeUnit.SECONDS);
	}

	static StompClient connect(String url, String user) throws Exception {
		WebSocketContainer container = ContainerProvider.getWebSocketContainer();
		container.setDefaultMaxTextMessageBufferSize(256 * 1024);
		return new StompClient(new StandardWebSocketClient(container), url, user);
	}

	static StompClient sockJs(String url, Transport... transports) throws Exception {
		return new StompClient(new SockJsClient(List.of(transports)), url, null);
	}

	/** Subscribes, and waits for the broker's receipt if there is to be one. */
	StompClient subscribe(String destination) {
		this.session.subscribe(destination, this);
		return this;
	}

	StompClient send(String destination, String text) {
		this.session.send(destination, text);
		return this;
	}

	boolean isConnected() {
		return this.session.isConnected();
	}

	String next() throws InterruptedException {
		String text = this.received.poll(20, TimeUnit.SECONDS);
		return (text != null) ? text : "nothing";
	}

	/** Sends until an answer comes: a subscription takes effect a little later. */
	String answer(String destination, String text) throws InterruptedException {
		for (int i = 0; i < 100; i++) {
			send(destination, text);
			String answer = this.received.poll(200, TimeUnit.MILLISECONDS);
			if (answer != null) {
				return answer;
			}
		}
		return "nothing";
	}

	@Override
	public Type getPayloadType(StompHeaders headers) {
		return String.class;
	}

	@Override
	public void handleFrame(StompHeaders headers, Object payload) {
		this.received.add((payload != null) ? payload.toString() : "error " + headers.getFirst("message"));
	}

	@Override
	public void handleException(StompSession session, StompCommand command, StompHeaders headers, byte[] payload,
			Throwable exception) {
		this.received.add("exception " + exception);
	}

	@Override
	public void handleTransportError(StompSession session, Throwable exception) {
		this.received.add("lost");
	}

	@Override
	public void close() {
		if (this.session.isConnected()) {
			this.session.disconnect();
		}
		this.client.stop();
		this.scheduler.shutdown();
	}

}
