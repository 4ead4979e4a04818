package io.wsboot.server.endpoint;

import io.wsboot.EndpointLimits;
import io.wsboot.protocol.ProtocolLimits;
import io.wsboot.server.config.InboundOptions;
import io.wsboot.server.config.OutboundOptions;

/**
 * The limits in force for the sessions of one endpoint: the server's, but for those that
 * the endpoint has of its own. The server's very objects where there is no difference, as
 * all of its sessions share them.
 *
 * @param protocol what the protocol heeds
 * @param inbound what may come in
 * @param outbound what may wait to go out
 */
public record EndpointPolicy(ProtocolLimits protocol, InboundOptions inbound, OutboundOptions outbound) {

	static EndpointPolicy of(String path, EndpointLimits own, EndpointPolicy server) {
		if (own.equals(EndpointLimits.OF_SERVER)) {
			return server;
		}
		return new EndpointPolicy(protocol(path, own, server.protocol), inbound(own, server.inbound),
				outbound(own, server.outbound));
	}

	private static ProtocolLimits protocol(String path, EndpointLimits own, ProtocolLimits server) {
		int message = orElse(own.maxMessageSize(), server.maxMessageSize());
		// browsers send a message as one frame, however big it is
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
