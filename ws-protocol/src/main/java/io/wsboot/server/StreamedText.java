package io.wsboot.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.wsboot.SendResult;
import io.wsboot.StreamedMessage;

/**
 * A text message that is sent piecewise. The first half of a pair of surrogates is kept
 * until the second one comes.
 */
final class StreamedText implements StreamedMessage<CharSequence> {

	private final MessageParts parts;

	/** A surrogate, or nothing. */
	private String kept = "";

	StreamedText(MessageParts parts) {
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
