package io.wsboot.benchmarks.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.GlobalEventExecutor;

/** Sends what comes to a {@link ChannelGroup}. */
@Sharable
final class NettyFanout extends SimpleChannelInboundHandler<WebSocketFrame> {

	private final ChannelGroup members = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	void join(Channel channel) {
		this.members.add(channel);
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
		this.members.writeAndFlush(frame.retain());
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

}
