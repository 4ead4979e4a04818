package io.wsboot.readme;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;

import io.wsboot.WsSession;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.QueryParam;
import io.wsboot.spring.annotation.WsEndpoint;

@WsEndpoint("/grep")
class GrepEndpoint {

	@OnMessage(maxMessageSize = "1GB") // read, and answered, while it arrives
	void grep(Reader log, @QueryParam String word, WsSession session) throws IOException {
		try (BufferedReader lines = new BufferedReader(log); Writer reply = session.textWriter()) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				if (line.contains(word)) {
					reply.append(line).append('\n');
				}
			}
		}
	}

}
