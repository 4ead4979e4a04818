package io.wsboot.spring.reactor;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpServerCodec;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the bytes behind a request for an upgrade from the HTTP decoder, which would take
 * them for another request: they are frames if the upgrade is accepted. The handler
 * stands before the HTTP codec, passes each head of a request by itself, and asks
 * {@link HttpRequests}, which stands behind the codec, what the head was.
 *
 * <pre>
 *              the head asked for an upgrade             take()
 *  PASSING --------------------------------&gt; HOLDING ------------&gt; bytes are the first frames
 *     ^                                         |
 *     +-----------------------------------------+
 *        release(): somebody else has answered
 * </pre>
 *
 * For use by the channel's event loop only.
 */
final class EarlyFrames extends ChannelDuplexHandler {

	static final String NAME = "wsboot.earlyFrames";

	/** Bytes of memory. When more are held, the socket is not read. */
	private static final int MOST_HELD = 64 * 1024;

	private final HeadEnd head = new HeadEnd();

	private final Deque<ByteBuf> held = new ArrayDeque<>(0);

	private int heldBytes, heldMemory;

	private boolean holding;

	/** Whether the socket is not read because of what is held. */
	private boolean paused;

	private final HttpRequests requests = new HttpRequests(this);

	private @Nullable ChannelHandlerContext context;

	private @Nullable ChannelHandlerContext codec;

	/** The handler before the codec of a channel; null if there is none. */
	static @Nullable EarlyFrames of(Channel channel) {
		return channel.pipeline().get(EarlyFrames.class);
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (!(message instanceof ByteBuf bytes)) {
			context.fireChannelRead(message);
		}
		else if (this.holding) {
			hold(context, bytes);
		}
		else {
			pass(context, bytes);
		}
	}

	private void pass(ChannelHandlerContext context, ByteBuf bytes) {
		HttpRequests requests = requests(context);
		while (requests != null && !this.holding && requests.isBetween()) {
			int length = this.head.find(bytes);
			if (length < 0 || length == bytes.readableBytes()) {
				break;
			}
			context.fireChannelRead(bytes.readRetainedSlice(length));
			this.holding = requests.isUpgrade();
		}
		if (this.holding) {
			hold(context, bytes);
		}
		else {
			context.fireChannelRead(bytes);
			this.holding = requests != null && requests.isUpgrade();
		}
	}

	/** The requests behind the codec; null if the connection does not speak HTTP/1.1. */
	private @Nullable HttpRequests requests(ChannelHandlerContext context) {
		if (this.codec == null) {
			this.codec = context.pipeline().context(HttpServerCodec.class);
			if (this.codec != null) {
				context.pipeline().addAfter(this.codec.name(), HttpRequests.NAME, this.requests);
			}
		}
		if (this.codec == null || this.codec.isRemoved()) {
			context.pipeline().remove(this); // HTTP/2, or somebody else's upgrade
			return null;
		}
		return this.requests;
	}

	private void hold(ChannelHandlerContext context, ByteBuf bytes) {
		this.heldBytes += bytes.readableBytes();
		this.heldMemory += ReadAhead.memory(bytes);
		this.held.add(bytes);
		if (this.heldMemory > MOST_HELD && !this.paused) {
			this.paused = true;
			context.channel().config().setAutoRead(false);
		}
	}

	@Override
	public void read(ChannelHandlerContext context) {
		if (!this.paused) {
			context.read();
		}
	}

	boolean isHolding() {
		return this.holding;
	}

	/** The answer to the upgrade request is ours: nothing is released behind it. */
	void claim() {
		this.requests.claim();
	}

	/** Passes what is held, as somebody else has answered the request. */
	void release() {
		ChannelHandlerContext context = this.context;
		if (context == null || context.isRemoved()) {
			return;
		}
		this.holding = false;
		this.heldBytes = 0;
		this.heldMemory = 0;
		Deque<ByteBuf> released = new ArrayDeque<>(this.held);
		this.held.clear();
		released.forEach((bytes) -> channelRead(context, bytes));
		if (this.paused && !this.holding) {
			this.paused = false;
			context.channel().config().setAutoRead(true);
		}
	}

	/** Takes what is held. */
	ByteBuffer take() {
		ByteBuffer bytes = ByteBuffer.allocate(this.heldBytes);
		while (!this.held.isEmpty()) {
			ByteBuf next = this.held.remove();
			int length = next.readableBytes();
			next.readBytes(bytes.array(), bytes.position(), length).release();
			bytes.position(bytes.position() + length);
		}
		this.heldBytes = 0;
		this.heldMemory = 0;
		return bytes.flip();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		if (context.pipeline().context(this.requests) != null) {
			context.pipeline().remove(this.requests);
		}
		this.held.forEach(ByteBuf::release);
		this.held.clear();
	}

}
