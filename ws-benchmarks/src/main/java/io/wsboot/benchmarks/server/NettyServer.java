package io.wsboot.benchmarks.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Netty, put together as its WebSocket server example is, with one event loop.
 *
 * @param io how it waits for sockets
 * @param channel its listening socket
 */
record NettyServer(IoHandlerFactory io, Class<? extends ServerChannel> channel) implements EchoServer {

	static NettyServer nio() {
		return new NettyServer(NioIoHandler.newFactory(), NioServerSocketChannel.class);
	}

	static NettyServer epoll() {
		return new NettyServer(EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
	}

	@Override
	public int start(ServerMode mode) throws Exception {
		SslContext tls = (mode == ServerMode.TLS) ? SslContextBuilder.forServer(Certificate.given().keys()).build()
				: null;
		NettyFanout fanout = new NettyFanout();
		EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, this.io);
		return ((InetSocketAddress) new ServerBootstrap().group(loop, loop)
			.channel(this.channel)
			.option(ChannelOption.SO_BACKLOG, 1024)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new Initializer(mode, tls, fanout))
			.bind(InetAddress.getLoopbackAddress(), 0)
			.sync()
			.channel()
			.localAddress()).getPort();
	}

	/** Sets up a connection. */
	private static final class Initializer extends ChannelInitializer<SocketChannel> {

		private final ServerMode mode;

		private final @Nullable SslContext tls;

		private final NettyFanout fanout;

		Initializer(ServerMode mode, @Nullable SslContext tls, NettyFanout fanout) {
			this.mode = mode;
			this.tls = tls;
			this.fanout = fanout;
		}

		@Override
		protected void initChannel(SocketChannel channel) {
			ChannelPipeline pipeline = ((Channel) channel).pipeline();
			if (this.tls != null) {
				pipeline.addLast(this.tls.newHandler(channel.alloc()));
			}
			pipeline.addLast(new HttpServerCodec());
			pipeline.addLast(new HttpObjectAggregator(65536));
			if (this.mode == ServerMode.DEFLATE) {
				pipeline.addLast(NettyDeflate.handler());
			}
			pipeline.addLast(new WebSocketServerProtocolHandler(WebSocketServerProtocolConfig.newBuilder()
				.websocketPath("/")
				.checkStartsWith(true)
				.allowExtensions(true)
				.maxFramePayloadLength(MAX_MESSAGE)
				.build()));
			pipeline.addLast(new NettyEcho(this.fanout));
		}

	}

}
