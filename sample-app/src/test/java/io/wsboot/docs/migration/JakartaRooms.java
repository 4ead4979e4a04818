package io.wsboot.docs.migration;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.DecodeException;
import jakarta.websocket.Decoder;
import jakarta.websocket.Encoder;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class JakartaRooms {

	@ServerEndpoint(value = "/rooms/{room}", decoders = LineDecoder.class, encoders = LineEncoder.class)
	public static class RoomServerEndpoint {

		private static final Map<String, Set<Session>> ROOMS = new ConcurrentHashMap<>();

		@OnOpen
		public void opened(Session session, @PathParam("room") String room) {
			session.setMaxTextMessageBufferSize(65_536);
			members(room).add(session);
		}

		@OnMessage
		public void said(Line line, @PathParam("room") String room) {
			for (Session member : members(room)) {
				member.getAsyncRemote().sendObject(line);
			}
		}

		@OnClose
		public void closed(Session session, @PathParam("room") String room) {
			members(room).remove(session);
		}

		@OnError
		public void failed(Session session, Throwable error) throws IOException {
			session.close(new CloseReason(CloseCodes.NOT_CONSISTENT, "unreadable"));
		}

		private static Set<Session> members(String room) {
			return ROOMS.computeIfAbsent(room, (name) -> ConcurrentHashMap.newKeySet());
		}

	}

	public static class LineDecoder implements Decoder.Text<Line> {

		private static final JsonMapper JSON = new JsonMapper();

		@Override
		public Line decode(String text) throws DecodeException {
			try {
				return JSON.readValue(text, Line.class);
			}
			catch (JacksonException ex) {
				throw new DecodeException(text, "unreadable", ex);
			}
		}

		@Override
		public boolean willDecode(String text) {
			return true;
		}

	}

	public static class LineEncoder implements Encoder.Text<Line> {

		@Override
		public String encode(Line line) {
			return new JsonMapper().writeValueAsString(line);
		}

	}

	record Line(String text) {
	}

}
