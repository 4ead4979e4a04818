package io.wsboot.spring.reactor;

import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

import io.netty.channel.ChannelPipeline;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Prepares Reactor Netty's HTTP server for {@link ReactorUpgrades}: each connection gets
 * a handler that keeps the bytes behind a request for an upgrade.
 */
public final class PreparedServer implements UnaryOperator<HttpServer> {

	/** The handlers before which nobody has read a byte of HTTP. */
	private static final Set<String> FIRST_OF_HTTP = Set.of(NettyPipeline.HttpCodec, NettyPipeline.H2CUpgradeHandler,
			NettyPipeline.ReactiveBridge);

	private final BooleanSupplier shared;

	/**
	 * Creates the preparation.
	 * @param shared tells whether the port is shared; called for each connection
	 */
	public PreparedServer(BooleanSupplier shared) {
		this.shared = shared;
	}

	/**
	 * Prepares a server.
	 * @param server a server that has not been bound
	 * @return a server whose port can be shared
	 */
	@Override
	public HttpServer apply(HttpServer server) {
		return server.doOnChannelInit((observer, channel, remoteAddress) -> {
			if (this.shared.getAsBoolean()) {
				prepare(channel.pipeline());
			}
		});
	}

	private static void prepare(ChannelPipeline pipeline) {
		for (String name : pipeline.names()) {
			if (FIRST_OF_HTTP.contains(name)) {
				pipeline.addBefore(name, EarlyFrames.NAME, new EarlyFrames());
				return;
			}
		}
	}

}
