package io.wsboot.conformance;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a peer gets for what it has sent, to the end.
 *
 * @param status the status of the answer; 0 if the connection ends without a status line
 * @param fields the fields of the answer, names in lower case
 * @param messages the messages behind the answer
 * @param controls the control frames behind the answer, which may overtake messages (RFC
 * 6455 §5.4); the last one is the Close frame
 */
record Reaction(int status, Map<String, String> fields, List<String> messages, List<String> controls) {

	private static final String LOST = "no Close frame";

	/** What a peer does with an input. */
	enum Delivery {

		/** Sends the frames as a whole when the handshake has been answered. */
		WHOLE {

			@Override
			void send(Peer peer, FuzzedInput input) throws IOException {
				peer.send(input.request(), Cut.WHOLE);
				peer.awaitResponse();
				peer.send(input.frames(), Cut.WHOLE);
			}

		},

		/** Sends the frames in two halves. */
		IN_HALVES {

			@Override
			void send(Peer peer, FuzzedInput input) throws IOException {
				byte[] frames = input.frames();
				peer.send(input.request(), Cut.WHOLE);
				peer.awaitResponse();
				peer.send(Arrays.copyOf(frames, input.middle()), Cut.WHOLE);
				peer.send(Arrays.copyOfRange(frames, input.middle(), frames.length), Cut.WHOLE);
			}

		},

		/** Sends the frames in the packet of the request. */
		WITH_THE_REQUEST {

			@Override
			void send(Peer peer, FuzzedInput input) throws IOException {
				peer.send(input.wire(), Cut.WHOLE);
			}

		};

		abstract void send(Peer peer, FuzzedInput input) throws IOException;

	}

	/** Reads everything. */
	static Reaction read(Peer peer) throws IOException {
		Peer.Response response;
		try {
			response = peer.readResponse();
		}
		catch (EOFException | SocketException ex) {
			return new Reaction(0, Map.of(), List.of(), List.of());
		}
		List<String> messages = new ArrayList<>();
		List<String> controls = new ArrayList<>();
		boolean goesOn = response.status() == 101;
		while (goesOn) {
			String event = next(peer);
			goesOn = !event.startsWith("close") && !event.equals(LOST);
			boolean control = event.startsWith("p") || !goesOn;
			(control ? controls : messages).add(event);
		}
		return new Reaction(response.status(), response.fields(), messages, controls);
	}

	private static String next(Peer peer) throws IOException {
		try {
			String event = peer.readEvent();
			if (event.startsWith("close")) {
				peer.expectEnd();
			}
			return event;
		}
		catch (EOFException | SocketException ex) {
			return LOST;
		}
	}

}
