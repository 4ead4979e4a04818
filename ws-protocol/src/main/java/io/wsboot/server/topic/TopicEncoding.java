package io.wsboot.server.topic;

import io.wsboot.Message;
import io.wsboot.protocol.outgoing.DataFrames;
import io.wsboot.server.outbound.Compressors;
import io.wsboot.server.outbound.LatestKeys;
import io.wsboot.server.outbound.MessageEncoder;
import io.wsboot.server.topic.TopicHistory.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Encodes published messages. Any thread.
 *
 * @param frames splits messages into frames
 * @param compressors compress messages
 * @param threshold payload bytes from which on messages are compressed
 * @param keys makes the keys of the latest messages; null if the overflow policy does not
 * conflate
 */
public record TopicEncoding(DataFrames frames, Compressors compressors, int threshold, @Nullable LatestKeys keys) {

	/**
	 * An encoder of a message.
	 * @param key what the message is the latest of; null if nothing
	 */
	MessageEncoder of(@Nullable Object key, Message message) {
		return MessageEncoder.latest(this.frames, (key == null || this.keys == null) ? null : this.keys.of(key),
				message);
	}

	/** Whether a message is so short that its size needs no counting. */
	static boolean isShort(Message message, int most) {
		return (message instanceof Message.Text text) ? text.text().length() <= most / 3 // UTF-8
				: ((Message.Binary) message).payload().remaining() <= most;
	}

	/** Delivers a message of a history. On the member's loop. */
	void deliver(Entry entry, TopicMember member) {
		member.deliver(new MessageEncoder(this.frames, entry.text(), entry.payload().duplicate()));
	}

	/** Encodes a message in each of the ways that members need. */
	void encode(MessageEncoder message, int encodings) {
		message.encode(encodings, this.compressors, this.threshold);
	}

}
