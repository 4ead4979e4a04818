package io.wsboot.docs.endpoints;

import java.io.IOException;
import java.io.Reader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import reactor.core.publisher.Flux;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

class Replies {

	@WsEndpoint("/feed")
	static class FeedEndpoint {

		@OnMessage // each number is a message; the next is asked for when the client
					// keeps up
		Flux<Integer> count(int most) {
			return Flux.range(1, most);
		}

	}

	@WsEndpoint("/lookup")
	static class LookupEndpoint {

		@OnMessage // sent when it is there; the session goes on meanwhile
		CompletionStage<String> looked(String name) {
			return CompletableFuture.supplyAsync(() -> "found " + name);
		}

	}

	@WsEndpoint("/files/{name}")
	static class FileEndpoint {

		@OnMessage // one binary message, read while it leaves
		Resource file(String path) {
			return new ClassPathResource(path);
		}

	}

	@WsEndpoint(path = "/upper", maxMessageSize = "64MB")
	static class UpperEndpoint {

		@OnMessage // one message in, read while it arrives
		int counted(Reader text) throws IOException {
			int count = 0;
			while (text.read() >= 0) {
				count++;
			}
			return count;
		}

	}

}
