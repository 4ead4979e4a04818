package io.wsboot.spring.reactor;

import java.util.List;

import io.netty.channel.ChannelHandler;
import io.netty.channel.nio.AbstractNioChannel.NioUnsafe;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ReflectionUtils;

/**
 * Registers what a native image must keep for {@link ReactorUpgrades}: the method that
 * {@link TakeOver} looks for, and the methods of channel handlers, which Netty searches
 * for its annotation {@code @Skip}.
 */
public final class ReactorHints implements RuntimeHintsRegistrar {

	static final List<Class<? extends ChannelHandler>> HANDLERS = List.of(EarlyFrames.class, HttpRequests.class,
			NettyWire.class, NioSocket.class);

	/** Creates the registrar. */
	public ReactorHints() {
	}

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		HANDLERS.forEach((type) -> hints.reflection().registerType(type, MemberCategory.INVOKE_PUBLIC_METHODS));
		ReflectionUtils.doWithMethods(NioUnsafe.class,
				(method) -> hints.reflection().registerMethod(method, ExecutableMode.INVOKE),
				(method) -> method.getName().equals(TakeOver.SOCKET));
	}

}
