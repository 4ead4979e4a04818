package io.wsboot.readme;

import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.WsServer;

class PlainEcho {

	static WsServer start(int port) {
		return WsServer.builder().port(port).handler("/echo", new WsHandler() {

			@Override
			public void onText(WsSession session, String text) {
				session.send(text);
			}

		}).start();
	}

}
