package io.wsboot.protocol;

import io.wsboot.EndpointOptions;
import io.wsboot.MessageDelivery;
import io.wsboot.frame.Opcode;
import org.jspecify.annotations.Nullable;

/**
 * What a message may cost that is handed on piecewise. As nothing of it is held, its
 * frames may be as big as itself, and as many as it takes.
 *
 * @param maxText payload bytes of a text message; 0 = text is not handed on piecewise
 * @param maxBinary the same for binary messages
 * @param maxEmptyFragments frames of one message that carry nothing
 */
record StreamLimits(long maxText, long maxBinary, int maxEmptyFragments) {

	/** Null if nothing is handed on piecewise. */
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

	/** The most payload bytes of a message. */
	long of(Opcode type) {
		return (type == Opcode.TEXT) ? this.maxText : this.maxBinary;
	}

	/** The same on the wire, where what cannot be compressed grows by up to an eighth. */
	long onWire(Opcode type, boolean compressed) {
		long most = of(type);
		long grown = most + (most >> 3) + 64;
		return !compressed ? most : (grown < 0) ? Long.MAX_VALUE : grown;
	}

}
