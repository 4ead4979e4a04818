package io.wsboot.spring.servlet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.wsboot.spring.servlet.OtherMappings.Match;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Maps requests for paths of endpoints to the server. There are two mappings: the first
 * one takes opening handshakes, before any controller, unless another mapping has a more
 * specific pattern than the endpoint's template. The second one takes all other requests
 * behind the controllers and before static resources, so that the server tells clients
 * what they have done wrong. A template hides no static resource.
 */
public final class EndpointHandlerMapping extends AbstractHandlerMapping {

	/** Before Spring MVC's own mappings, of which the first one has the order -1. */
	private static final int FIRST = -50;

	/** Before the mapping of static resources. */
	private static final int LAST = LOWEST_PRECEDENCE - 2;

	private final ServletUpgrades upgrades;

	private final Predicate<HttpServletRequest> wanted;

	private final OtherMappings others = new OtherMappings(this::obtainApplicationContext);

	private EndpointHandlerMapping(ServletUpgrades upgrades, int order, Predicate<HttpServletRequest> wanted) {
		this.upgrades = upgrades;
		this.wanted = wanted;
		setOrder(order);
	}

	/**
	 * Creates the mapping of requests that ask for an upgrade to WebSocket.
	 * @param upgrades serves the requests
	 * @return the mapping
	 */
	public static EndpointHandlerMapping ofHandshakes(ServletUpgrades upgrades) {
		return new EndpointHandlerMapping(upgrades, FIRST, EndpointHandlerMapping::isHandshake);
	}

	/**
	 * Creates the mapping of all other requests.
	 * @param upgrades serves the requests
	 * @return the mapping
	 */
	public static EndpointHandlerMapping ofOtherRequests(ServletUpgrades upgrades) {
		return new EndpointHandlerMapping(upgrades, LAST, (request) -> !isHandshake(request));
	}

	/** RFC 6455 §4.1, item 5. The server examines the rest of the request. */
	private static boolean isHandshake(HttpServletRequest request) {
		return request.getMethod().equals("GET")
				&& Arrays.stream(StringUtils.tokenizeToStringArray(request.getHeader("Upgrade"), ","))
					.anyMatch("websocket"::equalsIgnoreCase);
	}

	@Override
	protected @Nullable Object getHandlerInternal(HttpServletRequest request) {
		DispatcherType type = request.getDispatcherType();
		if ((type != DispatcherType.REQUEST && type != DispatcherType.FORWARD) || !this.wanted.test(request)) {
			return null;
		}
		initLookupPath(request);
		String path = ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication().value();
		Optional<String> endpoint = this.upgrades.find(path);
		if (endpoint.isEmpty() || !isThePathOfTheFilters(request)) {
			return null;
		}
		PathPattern template = PathPatternParser.defaultInstance.parse(endpoint.get());
		Match other = template.hasPatternSyntax() ? this.others.find(request) : null;
		if (other != null && isHandshake(request) && other.isMoreSpecificThan(template)) {
			return null;
		}
		request.setAttribute(BEST_MATCHING_PATTERN_ATTRIBUTE, endpoint.get());
		request.setAttribute(PATH_WITHIN_HANDLER_MAPPING_ATTRIBUTE, path);
		HttpRequestHandler answer = (judged, response) -> {
			judged.setAttribute(BEST_MATCHING_PATTERN_ATTRIBUTE, endpoint.get());
			this.upgrades.upgrade(judged, response, this.upgrades.copy(judged, path), null);
		};
		return (other != null && !isHandshake(request)) ? FileOrAnswer.of(request, other, answer) : answer;
	}

	/**
	 * Whether the raw path is, but for percent-encoding, the path that the container has
	 * mapped, so that rules of filters have been applied to the endpoint and not to some
	 * other path: the container resolves {@code /secret/..;/open} to {@code /open}.
	 */
	private static boolean isThePathOfTheFilters(HttpServletRequest request) {
		String raw = request.getRequestURI();
		String context = request.getContextPath();
		String info = request.getPathInfo();
		return raw.startsWith(context) && StringUtils.uriDecode(raw.substring(context.length()), StandardCharsets.UTF_8)
			.equals(request.getServletPath() + ((info != null) ? info : ""));
	}

	/**
	 * Leaves mapped interceptors to {@link #setInterceptors}: those of Spring MVC contain
	 * them.
	 */
	@Override
	protected void detectMappedInterceptors(List<HandlerInterceptor> mappedInterceptors) {
	}

	/** The server judges the origin, and answers preflight requests as any other. */
	@Override
	protected HandlerExecutionChain getCorsHandlerExecutionChain(HttpServletRequest request,
			HandlerExecutionChain chain, @Nullable CorsConfiguration config) {
		return chain;
	}

}
