package io.wsboot.spring.reactor;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Watches the requests and responses of a connection, behind the HTTP codec, for
 * {@link EarlyFrames}. For use by the channel's event loop only.
 */
final class HttpRequests extends ChannelDuplexHandler {

	static final String NAME = "wsboot.httpRequests";

	private final EarlyFrames frames;

	/** Whether a request has begun and not ended. */
	private boolean within;

	/** Whether the latest request asks for the WebSocket protocol. */
	private boolean upgrade;

	/** Whether the response that is being written is no final one (RFC 9110 §15.2). */
	private boolean interim;

	/** The requests that have ended and have not been answered. */
	private int unanswered;

	private boolean claimed;

	HttpRequests(EarlyFrames frames) {
		this.frames = frames;
	}

	/** Tells whether the next byte begins a request. */
	boolean isBetween() {
		return !this.within;
	}

	/** Tells whether the latest request has ended and asks for the WebSocket protocol. */
	boolean isUpgrade() {
		return this.upgrade && !this.within && this.unanswered > 0;
	}

	/** See {@link EarlyFrames#claim}. */
	void claim() {
		this.claimed = true;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest request) {
			this.within = true;
			this.upgrade = request.decoderResult().isSuccess()
					&& request.headers().containsValue(HttpHeaderNames.UPGRADE, "websocket", true);
		}
		if (message instanceof LastHttpContent) {
			this.within = false;
			this.unanswered++;
		}
		context.fireChannelRead(message);
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof HttpResponse response) {
			this.interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL
					&& response.status().code() != HttpResponseStatus.SWITCHING_PROTOCOLS.code();
		}
		boolean answered = message instanceof LastHttpContent && !this.interim;
		context.write(message, promise);
		if (answered && --this.unanswered == 0 && this.frames.isHolding() && !this.claimed) {
			// Behind the current task: whoever speaks another protocol from now on
			// changes the pipeline first.
			context.executor().execute(this.frames::release);
		}
	}

}
