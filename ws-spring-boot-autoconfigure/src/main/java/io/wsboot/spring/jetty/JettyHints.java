package io.wsboot.spring.jetty;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Registers the class by whose name {@link JettyConnectors} looks whether Jetty's HTTP/2
 * is there: a native image finds only registered names.
 */
public final class JettyHints implements RuntimeHintsRegistrar {

	/** Creates the registrar. */
	public JettyHints() {
	}

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.reflection().registerTypeIfPresent(classLoader, JettyConnectors.HTTP2_FACTORY);
	}

}
