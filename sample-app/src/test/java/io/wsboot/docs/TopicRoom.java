package io.wsboot.docs;

import io.wsboot.Message;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.WsTopic;
import io.wsboot.WsTopics;
import io.wsboot.server.WsServer;

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

	void join(WsSession session) {
		room(session).except(session).publish("somebody joins");
		room(session).subscribe(session).whenComplete((done, failure) -> {
			session.send((failure == null) ? "welcome" : failure.getMessage());
		});
	}

}
