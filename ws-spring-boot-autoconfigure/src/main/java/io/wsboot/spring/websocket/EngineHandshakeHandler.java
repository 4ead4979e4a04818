package io.wsboot.spring.websocket;

import java.lang.reflect.Method;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.server.RequestUpgradeStrategy;
import org.springframework.web.socket.server.support.AbstractHandshakeHandler;

/**
 * A handshake handler that decides as another one does and upgrades with another
 * strategy. An {@link AbstractHandshakeHandler} cannot be given another strategy, but all
 * that a subclass of an application's may decide is decided by protected methods:
 * {@code determineUser} and {@code selectProtocol}, for example. This class asks those of
 * the application's handler.
 */
final class EngineHandshakeHandler extends AbstractHandshakeHandler {

	/** All methods below. */
	private static final List<Method> HOOKS = new ArrayList<>();

	private static final Method INVALID_UPGRADE = hook("handleInvalidUpgradeHeader", ServerHttpRequest.class,
			ServerHttpResponse.class);

	private static final Method INVALID_CONNECTION = hook("handleInvalidConnectHeader", ServerHttpRequest.class,
			ServerHttpResponse.class);

	private static final Method IS_VERSION_SUPPORTED = hook("isWebSocketVersionSupported", WebSocketHttpHeaders.class);

	private static final Method VERSION_NOT_SUPPORTED = hook("handleWebSocketVersionNotSupported",
			ServerHttpRequest.class, ServerHttpResponse.class);

	private static final Method IS_VALID_ORIGIN = hook("isValidOrigin", ServerHttpRequest.class);

	private static final Method SELECT_PROTOCOL = hook("selectProtocol", List.class, WebSocketHandler.class);

	private static final Method FILTER_EXTENSIONS = hook("filterRequestedExtensions", ServerHttpRequest.class,
			List.class, List.class);

	private static final Method DETERMINE_USER = hook("determineUser", ServerHttpRequest.class, WebSocketHandler.class,
			Map.class);

	private final AbstractHandshakeHandler decides;

	/**
	 * Creates a handshake handler.
	 * @param decides decides about handshakes
	 * @param strategy upgrades
	 */
	EngineHandshakeHandler(AbstractHandshakeHandler decides, RequestUpgradeStrategy strategy) {
		super(strategy);
		this.decides = decides;
	}

	/** A protected method, which calls the method that overrides it, if there is one. */
	private static Method hook(String name, Class<?>... parameters) {
		Method method = Objects
			.requireNonNull(ReflectionUtils.findMethod(AbstractHandshakeHandler.class, name, parameters), name);
		ReflectionUtils.makeAccessible(method);
		HOOKS.add(method);
		return method;
	}

	/** Returns all methods that are called by reflection. */
	static List<Method> hooks() {
		return List.copyOf(HOOKS);
	}

	private @Nullable Object ask(Method hook, Object... arguments) {
		return ReflectionUtils.invokeMethod(hook, this.decides, arguments);
	}

	@Override
	protected void handleInvalidUpgradeHeader(ServerHttpRequest request, ServerHttpResponse response) {
		ask(INVALID_UPGRADE, request, response);
	}

	@Override
	protected void handleInvalidConnectHeader(ServerHttpRequest request, ServerHttpResponse response) {
		ask(INVALID_CONNECTION, request, response);
	}

	@Override
	protected boolean isWebSocketVersionSupported(WebSocketHttpHeaders headers) {
		return Boolean.TRUE.equals(ask(IS_VERSION_SUPPORTED, headers));
	}

	@Override
	protected void handleWebSocketVersionNotSupported(ServerHttpRequest request, ServerHttpResponse response) {
		ask(VERSION_NOT_SUPPORTED, request, response);
	}

	@Override
	protected boolean isValidOrigin(ServerHttpRequest request) {
		return Boolean.TRUE.equals(ask(IS_VALID_ORIGIN, request));
	}

	@Override
	protected @Nullable String selectProtocol(List<String> requested, WebSocketHandler handler) {
		return (String) ask(SELECT_PROTOCOL, requested, handler);
	}

	@Override
	@SuppressWarnings("unchecked")
	protected List<WebSocketExtension> filterRequestedExtensions(ServerHttpRequest request,
			List<WebSocketExtension> requested, List<WebSocketExtension> supported) {
		return (List<WebSocketExtension>) Objects.requireNonNull(ask(FILTER_EXTENSIONS, request, requested, supported));
	}

	@Override
	protected @Nullable Principal determineUser(ServerHttpRequest request, WebSocketHandler handler,
			Map<String, Object> attributes) {
		return (Principal) ask(DETERMINE_USER, request, handler, attributes);
	}

}
