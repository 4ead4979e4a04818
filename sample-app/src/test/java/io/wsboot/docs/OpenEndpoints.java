package io.wsboot.docs;

import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;

/** The other endpoints that the rules are about. */
final class OpenEndpoints {

	private OpenEndpoints() {
	}

	@WsEndpoint("/status")
	static class Status {

		@OnMessage
		String status(String question) {
			return "up";
		}

	}

	@WsEndpoint("/admin/log")
	static class AdminLog {

		@OnMessage
		String log(String question) {
			return "nothing to see";
		}

	}

}
