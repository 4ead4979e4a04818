package io.wsboot.docs.migration;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.GlobalEventExecutor;

class NettyRooms {

	static class RoomHandler extends SimpleChannelInboundHandler<TextWebSocketFrame> {

		private static final ChannelGroup ALL = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

		private static final AttributeKey<String> ROOM = AttributeKey.valueOf("room");

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) {
			if (event instanceof HandshakeComplete handshake) {
				context.channel().attr(ROOM).set(handshake.requestUri().substring("/rooms/".length()));
				ALL.add(context.channel());
			}
		}

		@Override // on the event loop: must not block
		protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
			String room = context.channel().attr(ROOM).get();
			ALL.writeAndFlush(new TextWebSocketFrame(frame.text()), (member) -> room.equals(member.attr(ROOM).get()));
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			context.close();
		}

	}

	static class RoomInitializer extends ChannelInitializer<SocketChannel> {

		@Override
		protected void initChannel(SocketChannel channel) {
			WebSocketServerProtocolConfig config = WebSocketServerProtocolConfig.newBuilder()
				.websocketPath("/rooms")
				.checkStartsWith(true)
				.maxFramePayloadLength(65_536)
				.build();
			channel.pipeline()
				.addLast(new HttpServerCodec())
				.addLast(new HttpObjectAggregator(65_536))
				.addLast(new IdleStateHandler(60, 0, 0))
				.addLast(new WebSocketServerProtocolHandler(config))
				.addLast(new RoomHandler());
		}

	}

}
