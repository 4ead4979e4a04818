package io.wsboot.docs;

import java.time.Duration;

import io.wsboot.Message;
import io.wsboot.TopicPosition;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.WsTopic;
import io.wsboot.WsTopics;
import io.wsboot.server.WsServer;
import io.wsboot.server.config.TopicKind;
import io.wsboot.server.config.TopicOptions;

/** The code of {@code docs/topics.md}. */
class TopicRoom implements WsHandler {

	private final WsTopics topics;

	TopicRoom(WsTopics topics) {
		this.topics = topics;
	}

	static WsServer start(int port) {
		WsServer server = WsServer.builder().port(port).start();
		server.addHandler("/rooms/{room}", new TopicRoom(server.topics()));
		return server;
	}

	static WsServer startWithHistory(int port) {
		TopicKind rooms = new TopicKind("rooms/*", 200, Duration.ofMinutes(10));
		WsServer server = WsServer.builder().port(port).topics(TopicOptions.DEFAULTS.withKinds(rooms)).start();
		server.addHandler("/rooms/{room}", new TopicRoom(server.topics()));
		return server;
	}

	@Override
	public void onOpen(WsSession session) {
		room(session).subscribe(session); // until the session ends
	}

	@Override
	public void onText(WsSession session, String text) {
		room(session).publish(text); // to all members, the sender among them
	}

	private WsTopic room(WsSession session) {
		return this.topics.topic("rooms/" + session.handshake().pathVariables().get("room"));
	}

	void price(String share, String price) {
		this.topics.topic("prices").publishLatest(share, Message.text(share + " " + price));
	}

	void comesBack(WsSession session, String position) {
		room(session).subscribe(session, TopicPosition.parse(position)).thenAccept((recovery) -> {
			session.send((recovery.recovered() ? "live from " : "reload from ") + recovery.position());
		});
	}

	void join(WsSession session) {
		room(session).except(session).publish("somebody joins");
		room(session).subscribe(session).whenComplete((done, failure) -> {
			session.send((failure == null) ? "welcome" : failure.getMessage());
		});
	}

}
