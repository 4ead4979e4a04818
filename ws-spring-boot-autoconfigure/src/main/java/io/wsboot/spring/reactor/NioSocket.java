package io.wsboot.spring.reactor;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.RejectedExecutionException;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;

/**
 * The socket of a channel of Netty's NIO transport, after the server has taken it over.
 * The channel is deregistered, and lives as long as the socket, so that everything that
 * counts channels goes on counting this one. As a handler in the channel's pipeline, the
 * socket lets nobody read, write or close by way of the channel.
 */
final class NioSocket extends ChannelOutboundHandlerAdapter implements Closeable {

	static final String NAME = "wsboot.socket";

	private final Channel channel;

	private final SocketChannel socket;

	NioSocket(Channel channel, SocketChannel socket) {
		this.channel = channel;
		this.socket = socket;
	}

	@Override
	public void read(ChannelHandlerContext context) {
		// the server reads
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		ReferenceCountUtil.release(message);
		promise.tryFailure(new ClosedChannelException());
	}

	@Override
	public void flush(ChannelHandlerContext context) {
		// nothing is written
	}

	@Override
	public void disconnect(ChannelHandlerContext context, ChannelPromise promise) {
		close(context, promise);
	}

	/**
	 * Ends the input of a socket that Netty or Reactor Netty wants closed: the server
	 * sees the end, and closes. No selector would tell the server that somebody else has
	 * closed the socket.
	 */
	@Override
	public void close(ChannelHandlerContext context, ChannelPromise promise) {
		try {
			this.socket.shutdownInput();
			this.channel.closeFuture().addListener((closed) -> promise.trySuccess());
		}
		catch (IOException ex) {
			context.close(promise);
		}
	}

	/** The server has done with the socket. */
	@Override
	public void close() throws IOException {
		try {
			this.channel.eventLoop().execute(this::end);
		}
		catch (RejectedExecutionException ex) {
			this.socket.close();
		}
	}

	/** Closes the channel, and tells what a deregistered channel does not tell. */
	private void end() {
		this.channel.unsafe().close(this.channel.voidPromise());
		this.channel.pipeline().fireChannelInactive();
		this.channel.pipeline().fireChannelUnregistered();
	}

}
