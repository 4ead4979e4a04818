package io.wsboot.server.endpoint;

import io.wsboot.EndpointLimits;
import io.wsboot.protocol.ProtocolLimits;
import io.wsboot.server.config.InboundOptions;
import io.wsboot.server.config.OutboundOptions;

/**
 * The limits of the sessions of one endpoint: the server's limits, with the endpoint's
 * own limits in their place. Values that do not differ from the server's are the server's
 * objects, so that sessions of all endpoints share them.
 *
 * @param protocol the limits of the protocol
 * @param inbound the limits of input
 * @param outbound the limits of output
 */
public record EndpointPolicy(ProtocolLimits protocol, InboundOptions inbound, OutboundOptions outbound) {

	/**
	 * Combines the limits of an endpoint and of the server.
	 * @param path the endpoint's path, for the exception's message
	 * @param own the endpoint's limits
	 * @param server the server's limits
	 * @throws IllegalArgumentException if frames may be longer than messages
	 */
	static EndpointPolicy of(String path, EndpointLimits own, EndpointPolicy server) {
		if (own.equals(EndpointLimits.OF_SERVER)) {
			return server;
		}
		return new EndpointPolicy(protocol(path, own, server.protocol), inbound(own, server.inbound),
				outbound(own, server.outbound));
	}

	private static ProtocolLimits protocol(String path, EndpointLimits own, ProtocolLimits server) {
		int message = orElse(own.maxMessageSize(), server.maxMessageSize());
		// browsers send a message of any size as one frame
		int frame = orElse(own.maxFrameSize(), (own.maxMessageSize() > 0) ? message : server.maxFrameSize());
		if (frame > message) {
			throw new IllegalArgumentException("the endpoint at " + path + " takes frames of " + frame
					+ " bytes, but messages, which they are part of, of " + message + " bytes");
		}
		int fragments = orElse(own.maxFragments(), server.maxFragments());
		ProtocolLimits limits = new ProtocolLimits(server.maxRequestLine(), server.maxHeadersSize(),
				server.maxHeaders(), frame, message, fragments);
		return limits.equals(server) ? server : limits;
	}

	private static InboundOptions inbound(EndpointLimits own, InboundOptions server) {
		return server.withMaxPendingMessages(orElse(own.maxPendingMessages(), server.maxPendingMessages()))
			.withMaxMessagesPerSecond(orElse(own.maxMessagesPerSecond(), server.maxMessagesPerSecond()));
	}

	private static OutboundOptions outbound(EndpointLimits own, OutboundOptions server) {
		return server.withMaxQueued(orElse(own.maxQueued(), server.maxQueued()));
	}

	private static int orElse(int own, int server) {
		return (own > 0) ? own : server;
	}

}
