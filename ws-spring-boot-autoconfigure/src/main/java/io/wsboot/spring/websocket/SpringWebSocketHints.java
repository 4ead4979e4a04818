package io.wsboot.spring.websocket;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Registers what a native image must keep for this package: Spring's protected methods
 * that {@link EngineHandshakeHandler} calls, Spring's field that {@link SockJsTransports}
 * reads, and the class that {@link SharedHandshakeHandler} looks for.
 */
public final class SpringWebSocketHints implements RuntimeHintsRegistrar {

	/** Creates the registrar. */
	public SpringWebSocketHints() {
	}

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		EngineHandshakeHandler.hooks()
			.forEach((method) -> hints.reflection().registerMethod(method, ExecutableMode.INVOKE));
		hints.reflection().registerField(SockJsTransports.HANDLERS);
		hints.reflection().registerTypeIfPresent(classLoader, SharedHandshakeHandler.JETTY_CONTAINER);
	}

}
