package io.wsboot.protocol;

import io.wsboot.EndpointOptions;
import io.wsboot.MessageDelivery;
import io.wsboot.frame.Opcode;
import org.jspecify.annotations.Nullable;

/**
 * The limits of streamed messages. As no byte of a streamed message is held, one frame
 * may be as big as the message, and the number of frames has no limit.
 *
 * @param maxText payload bytes of a text message; 0 if text is not streamed
 * @param maxBinary payload bytes of a binary message; 0 if binary messages are not
 * streamed
 * @param maxEmptyFragments frames of one message that have no payload
 */
record StreamLimits(long maxText, long maxBinary, int maxEmptyFragments) {

	/** Null if the endpoint takes all messages whole. */
	static @Nullable StreamLimits of(EndpointOptions options, ProtocolLimits limits) {
		if (!options.text().isPiecewise() && !options.binary().isPiecewise()) {
			return null;
		}
		return new StreamLimits(max(options.text(), limits), max(options.binary(), limits), limits.maxFragments());
	}

	private static long max(MessageDelivery delivery, ProtocolLimits limits) {
		if (!delivery.isPiecewise()) {
			return 0;
		}
		return (delivery.maxMessageSize() == 0) ? limits.maxMessageSize() : delivery.maxMessageSize();
	}

	/** The most payload bytes of a message of that type; 0 if it is not streamed. */
	long of(Opcode type) {
		return (type == Opcode.TEXT) ? this.maxText : this.maxBinary;
	}

	/** The most bytes on the wire: what cannot be compressed grows by up to an eighth. */
	long onWire(Opcode type, boolean compressed) {
		long most = of(type);
		long grown = most + (most >> 3) + 64;
		return !compressed ? most : (grown < 0) ? Long.MAX_VALUE : grown;
	}

}
