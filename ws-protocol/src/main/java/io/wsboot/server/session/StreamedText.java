package io.wsboot.server.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.wsboot.SendResult;
import io.wsboot.StreamedMessage;
import io.wsboot.server.outbound.FragmentedSend;

/**
 * A text message that the application sends part by part. A high surrogate at the end of
 * a part leaves with the next part, as half a character has no UTF-8 encoding.
 */
final class StreamedText implements StreamedMessage<CharSequence> {

	private final FragmentedSend parts;

	/** The high surrogate at the end of the last part, or an empty string. */
	private String kept = "";

	StreamedText(FragmentedSend parts) {
		this.parts = parts;
	}

	@Override
	public SendResult send(CharSequence part) {
		String all = this.kept + part;
		int end = all.length();
		if (end > 0 && Character.isHighSurrogate(all.charAt(end - 1))) {
			end--;
		}
		SendResult result = send(all.substring(0, end), false);
		if (result != SendResult.DROPPED) {
			this.kept = all.substring(end);
		}
		return result;
	}

	@Override
	public SendResult finish() {
		String unpaired = this.kept;
		this.kept = "";
		return send(unpaired, true);
	}

	private SendResult send(String text, boolean last) {
		return this.parts.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), last);
	}

	@Override
	public void close() {
		this.parts.abandon();
	}

}
