package io.wsboot.benchmarks.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;

/** Sends back what comes, with one flush for all that one read brought. */
final class NettyEcho extends SimpleChannelInboundHandler<WebSocketFrame> {

	private final NettyFanout fanout;

	NettyEcho(NettyFanout fanout) {
		this.fanout = fanout;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
		context.write(frame.retain());
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		context.flush();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
		if (event instanceof HandshakeComplete handshake && handshake.requestUri().equals(EchoServer.FANOUT)) {
			this.fanout.join(context.channel());
			context.pipeline().replace(this, "fanout", this.fanout);
		}
		super.userEventTriggered(context, event);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

}
