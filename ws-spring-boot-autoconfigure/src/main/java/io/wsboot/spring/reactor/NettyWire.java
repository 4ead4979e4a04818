package io.wsboot.spring.reactor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.wsboot.server.spi.Wire;
import io.wsboot.server.spi.WireEvents;
import org.jspecify.annotations.Nullable;

/**
 * A wire over a channel of Netty's, as a handler behind which nobody hears of anything
 * but the channel's end. What is written waits for the socket in the channel's own
 * buffer, up to a little above the channel's high-water mark.
 */
final class NettyWire extends ChannelDuplexHandler implements Wire {

	static final String NAME = "wsboot.wire";

	/** Bytes of memory of which the server need not hear while it reads nothing. */
	private static final int FEW = 1024;

	/** Bytes of one {@link #write}. */
	private static final int MOST_WRITTEN = 64 * 1024;

	private final Channel channel;

	private final ReadAhead arrived;

	private final PartialRecord partial = new PartialRecord();

	/** The operations that the server waits for. */
	private final AtomicInteger watched = new AtomicInteger();

	/** The bytes that have been written and that the socket has not taken. */
	private final AtomicInteger unsent = new AtomicInteger();

	/** Whether bytes that have been written will never be sent. */
	private volatile boolean lost;

	private volatile @Nullable WireEvents events;

	/**
	 * Bytes of memory that have been filled since the server has heard of any. On the
	 * event loop.
	 */
	private int untold;

	/** The event loop sets the context before the server knows the wire. */
	private @Nullable ChannelHandlerContext context;

	NettyWire(Channel channel) {
		this.channel = channel;
		this.arrived = new ReadAhead(channel);
	}

	/** The server has adopted the wire. On the event loop. */
	void begin(WireEvents adopted) {
		this.events = adopted;
		if (!this.channel.isActive()) {
			tellGone();
			return;
		}
		this.channel.config().setAutoRead(true);
		context().read(); // which has been refused while too much was held
		tellWhatIsReady(); // the server may have asked before it was known here
	}

	private ChannelHandlerContext context() {
		if (this.context == null) {
			throw new IllegalStateException("the wire is in no pipeline");
		}
		return this.context;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
		this.channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
		this.partial.watch(this.channel);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof ByteBuf bytes) {
			this.untold += this.arrived.add(bytes);
		}
		else {
			ReferenceCountUtil.release(message);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		WireEvents events = this.events;
		this.untold += this.partial.grown();
		if (tellReady(SelectionKey.OP_READ)) {
			this.untold = 0;
		}
		else if (this.untold > FEW && events != null) {
			this.untold = 0;
			events.held();
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
			this.arrived.end();
			tellReady(SelectionKey.OP_READ);
		}
		ReferenceCountUtil.release(event);
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		// unsent tells
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close(); // a channel that may be half closed does not close by itself
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.arrived.end();
		tellGone();
		context.fireChannelInactive();
	}

	/** Tells the server of the end of the channel, behind the last byte. */
	private void tellGone() {
		WireEvents events = this.events;
		if (events == null) {
			return; // begin() tells
		}
		if (this.arrived.isEmpty()) {
			events.gone();
		}
		else {
			tellReady(SelectionKey.OP_READ);
		}
	}

	/**
	 * Tells the server that the wire is ready, if the server waits for that.
	 * @return whether the server waits
	 */
	private boolean tellReady(int operation) {
		WireEvents events = this.events;
		if (events == null || (this.watched.getAndUpdate((all) -> all & ~operation) & operation) == 0) {
			return false;
		}
		events.ready(operation);
		return true;
	}

	@Override
	public void watch(int operations) {
		this.watched.getAndUpdate((all) -> all | operations);
		tellWhatIsReady();
	}

	private void tellWhatIsReady() {
		if (this.arrived.isReady()) {
			tellReady(SelectionKey.OP_READ);
		}
		if (this.unsent.get() == 0) {
			tellReady(SelectionKey.OP_WRITE);
		}
	}

	@Override
	public int read(ByteBuffer into) {
		return this.arrived.read(into);
	}

	@Override
	public int held() {
		return this.arrived.held() + this.partial.held();
	}

	@Override
	public int write(ByteBuffer from) throws IOException {
		requireOpen();
		if (!this.channel.isWritable() || !from.hasRemaining()) {
			return 0;
		}
		int length = Math.min(from.remaining(), MOST_WRITTEN);
		ByteBuf bytes = this.channel.alloc().directBuffer(length, length);
		int limit = from.limit();
		bytes.writeBytes(from.limit(from.position() + length));
		from.limit(limit);
		this.unsent.addAndGet(length);
		context().writeAndFlush(bytes).addListener((writing) -> written(length, writing));
		return length;
	}

	private void written(int length, Future<?> writing) {
		if (!writing.isSuccess()) {
			this.lost = true;
			context().close();
		}
		if (this.unsent.addAndGet(-length) == 0) {
			tellReady(SelectionKey.OP_WRITE);
		}
	}

	@Override
	public boolean flush() throws IOException {
		boolean sent = this.unsent.get() == 0;
		if (this.lost) {
			throw new ClosedChannelException();
		}
		return sent;
	}

	private void requireOpen() throws ClosedChannelException {
		if (this.lost || !this.channel.isActive()) {
			throw new ClosedChannelException();
		}
	}

	@Override
	public void endOutput() {
		SslHandler tls = this.channel.pipeline().get(SslHandler.class);
		if (tls != null) {
			tls.closeOutbound().addListener((closed) -> shutdownOutput());
		}
		else {
			shutdownOutput();
		}
	}

	private void shutdownOutput() {
		if (this.channel instanceof DuplexChannel duplex) {
			duplex.shutdownOutput();
		}
		else {
			context().close(); // whose end is told
		}
	}

	@Override
	public void close() {
		this.arrived.close();
		context().close();
	}

}
