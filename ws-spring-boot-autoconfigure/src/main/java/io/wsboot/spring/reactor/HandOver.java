package io.wsboot.spring.reactor;

import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;
import io.wsboot.server.spi.Upgrade;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;

/**
 * Hands connections over when Reactor Netty has finished the exchange behind the 101.
 * What counts connections stays in the channel's pipeline, and hears of the end of the
 * connection as always.
 */
final class HandOver {

	private static final Log logger = LogFactory.getLog(HandOver.class);

	/** What speaks HTTP, or would close a connection that is silent in HTTP. */
	private static final List<String> HTTP = List.of(NettyPipeline.HttpTrafficHandler, NettyPipeline.AccessLogHandler,
			NettyPipeline.CompressionHandler, NettyPipeline.IdleTimeoutHandler, NettyPipeline.ReadTimeoutHandler);

	private final boolean takeOver;

	/**
	 * Creates a way to hand over.
	 * @param takeOver whether sockets are taken over where that is possible
	 */
	HandOver(boolean takeOver) {
		this.takeOver = takeOver;
	}

	/** Hands over as soon as Reactor Netty has finished the exchange. */
	void expect(Connection connection, Upgrade upgrade) {
		Channel channel = connection.channel();
		connection.onTerminate()
			.subscribe(null, (failure) -> upgrade.abandon(),
					// Behind what Reactor Netty does when it has finished.
					() -> channel.eventLoop().execute(() -> hand(channel, upgrade)));
	}

	private void hand(Channel channel, Upgrade upgrade) {
		EarlyFrames frames = EarlyFrames.of(channel);
		if (frames == null || !channel.isActive()) {
			upgrade.abandon();
			return;
		}
		try {
			removeHttp(channel.pipeline());
			SocketChannel socket = this.takeOver ? TakeOver.socket(channel) : null;
			if (socket != null) {
				TakeOver.begin(channel, socket, frames, upgrade);
			}
			else {
				NettyWire wire = new NettyWire(channel);
				ByteBuffer received = frames.take();
				channel.pipeline().replace(frames, NettyWire.NAME, wire);
				wire.begin(upgrade.adopt(wire, received));
			}
		}
		catch (RuntimeException ex) {
			logger.error("A connection of Reactor Netty's could not be handed over", ex);
			upgrade.abandon();
			channel.close();
		}
	}

	private static void removeHttp(ChannelPipeline pipeline) {
		for (String name : HTTP) {
			if (pipeline.get(name) != null) {
				pipeline.remove(name);
			}
		}
		remove(pipeline, HttpServerUpgradeHandler.class);
		remove(pipeline, HttpServerCodec.class);
	}

	private static void remove(ChannelPipeline pipeline, Class<? extends ChannelHandler> type) {
		if (pipeline.get(type) != null) {
			pipeline.remove(type);
		}
	}

}
