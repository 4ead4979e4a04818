package io.wsboot.spring.reactor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

import io.netty.channel.Channel;
import io.netty.channel.nio.AbstractNioChannel.NioUnsafe;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCounted;
import io.wsboot.server.spi.Upgrade;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Takes sockets over from channels of Netty's NIO transport: what {@link NioUnsafe#ch}
 * returns, after the channel has been deregistered. Other transports have no
 * {@link SocketChannel}.
 */
final class TakeOver {

	/** The method of {@link NioUnsafe} that returns the socket. */
	static final String SOCKET = "ch";

	private static final Log logger = LogFactory.getLog(TakeOver.class);

	/** The handlers before {@link EarlyFrames} that a socket can do without. */
	private static final Set<String> DISPENSABLE = Set.of(NettyPipeline.ChannelMetricsHandler,
			NettyPipeline.TlsMetricsHandler, NettyPipeline.ProxyProtocolReader, NettyPipeline.NonSslRedirectDetector,
			NettyPipeline.H2OrHttp11Codec);

	private TakeOver() {
	}

	/**
	 * Tells whether this version of Netty is as expected, and logs a warning if not.
	 */
	static boolean isPossible() {
		try {
			if (NioUnsafe.class.getMethod(SOCKET).getReturnType() == SelectableChannel.class) {
				return true;
			}
		}
		catch (NoSuchMethodException | LinkageError ex) {
			logger.debug("No NioUnsafe.ch()", ex);
		}
		logger.warn("Sockets of this version of Netty cannot be taken over: Netty moves the bytes of WebSocket"
				+ " sessions, which costs more");
		return false;
	}

	/** The socket that can be taken over; null if there is none. */
	static @Nullable SocketChannel socket(Channel channel) {
		if (!(channel.unsafe() instanceof NioUnsafe unsafe) || !(unsafe.ch() instanceof SocketChannel socket)) {
			return null;
		}
		for (String name : channel.pipeline().names()) {
			if (name.equals(EarlyFrames.NAME)) {
				return socket;
			}
			if (!DISPENSABLE.contains(name) && !isDispensable(channel.pipeline().get(name))) {
				return null;
			}
		}
		return null;
	}

	/** Whether the server can do a handler's work: TLS of the JDK, between records. */
	private static boolean isDispensable(Object handler) {
		if (!(handler instanceof SslHandler tls)) {
			return false;
		}
		SSLEngine engine = tls.engine();
		return !(engine instanceof ReferenceCounted) && !engine.isInboundDone() && !engine.isOutboundDone()
				&& engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
	}

	/** Takes the socket over. On the event loop. */
	static void begin(Channel channel, SocketChannel socket, EarlyFrames frames, Upgrade upgrade) {
		channel.config().setAutoRead(false);
		NioSocket owner = new NioSocket(channel, socket);
		channel.deregister().addListener((deregistered) -> {
			try {
				if (!channel.isActive()) {
					throw new ClosedChannelException();
				}
				adopt(channel, owner, socket, frames, upgrade);
			}
			catch (IOException | RuntimeException ex) {
				logger.debug("A socket could not be taken over", ex);
				upgrade.abandon();
				owner.close();
			}
		});
	}

	private static void adopt(Channel channel, NioSocket owner, SocketChannel socket, EarlyFrames frames,
			Upgrade upgrade) {
		SslHandler tls = channel.pipeline().get(SslHandler.class);
		ByteBuffer received = frames.take();
		if (tls != null) {
			channel.pipeline().remove(tls); // which passes what it has not decrypted
		}
		ByteBuffer sealed = frames.take();
		channel.pipeline().replace(frames, NioSocket.NAME, owner);
		if (tls != null) {
			upgrade.adopt(socket, tls.engine(), sealed, received, owner);
		}
		else {
			upgrade.adopt(socket, received, owner);
		}
	}

}
