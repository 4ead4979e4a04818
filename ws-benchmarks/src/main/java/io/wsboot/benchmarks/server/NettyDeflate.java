package io.wsboot.benchmarks.server;

import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;

/**
 * Netty's permessage-deflate. Its ready-made handler declines whoever asks for no context
 * takeover.
 */
final class NettyDeflate {

	private NettyDeflate() {
	}

	static ChannelHandler handler() {
		return new WebSocketServerExtensionHandler(
				new PerMessageDeflateServerExtensionHandshaker(6, false, 15, true, true, 0));
	}

}
