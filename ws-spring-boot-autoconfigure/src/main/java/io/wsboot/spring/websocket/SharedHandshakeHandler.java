package io.wsboot.spring.websocket;

import java.util.Map;
import java.util.function.Supplier;

import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

import org.springframework.context.Lifecycle;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.ServletContextAware;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeFailureException;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.RequestUpgradeStrategy;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;
import org.springframework.web.socket.server.support.AbstractHandshakeHandler;

/**
 * Stands in for a handshake handler whose upgrade strategy the application has left to
 * Spring: the server upgrades if the web server's port is shared, and else the web server
 * does. Any thread.
 */
final class SharedHandshakeHandler implements HandshakeHandler, Lifecycle, ServletContextAware {

	/** What Spring chooses if Jetty's own WebSocket modules are there. */
	private static final String JETTY = "org.springframework.web.socket.server.jetty.JettyRequestUpgradeStrategy";

	/** A class that is there if Jetty's own WebSocket modules are. */
	static final String JETTY_CONTAINER = "org.eclipse.jetty.ee11.websocket.server.JettyWebSocketServerContainer";

	private static final boolean JETTY_PRESENT = ClassUtils.isPresent(JETTY_CONTAINER,
			SharedHandshakeHandler.class.getClassLoader());

	private final AbstractHandshakeHandler original;

	private final Supplier<? extends @Nullable RequestUpgradeStrategy> strategy;

	private volatile @Nullable EngineHandshakeHandler engine;

	/**
	 * Creates a handshake handler.
	 * @param original the application's
	 * @param strategy returns the server's strategy; null if the port is not shared
	 */
	SharedHandshakeHandler(AbstractHandshakeHandler original,
			Supplier<? extends @Nullable RequestUpgradeStrategy> strategy) {
		this.original = original;
		this.strategy = strategy;
	}

	/**
	 * Whether a handshake handler is one that this class can stand in for: one that has
	 * the strategy which Spring chooses by looking at the class path.
	 */
	static boolean canStandInFor(HandshakeHandler handler) {
		if (handler instanceof AbstractHandshakeHandler candidate) {
			Class<?> strategy = candidate.getRequestUpgradeStrategy().getClass();
			return strategy == StandardWebSocketUpgradeStrategy.class
					|| JETTY_PRESENT && strategy.getName().equals(JETTY);
		}
		return false;
	}

	@Override
	public boolean doHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) throws HandshakeFailureException {
		return handler().doHandshake(request, response, handler, attributes);
	}

	private AbstractHandshakeHandler handler() {
		RequestUpgradeStrategy strategy = this.strategy.get();
		if (strategy == null) {
			return this.original;
		}
		EngineHandshakeHandler engine = this.engine;
		if (engine == null || engine.getRequestUpgradeStrategy() != strategy) {
			engine = new EngineHandshakeHandler(this.original, strategy);
			this.engine = engine;
		}
		return engine;
	}

	@Override
	public void setServletContext(ServletContext servletContext) {
		if (this.original instanceof ServletContextAware aware) {
			aware.setServletContext(servletContext);
		}
	}

	@Override
	public void start() {
		this.original.start();
	}

	@Override
	public void stop() {
		this.original.stop();
	}

	@Override
	public boolean isRunning() {
		return this.original.isRunning();
	}

}
