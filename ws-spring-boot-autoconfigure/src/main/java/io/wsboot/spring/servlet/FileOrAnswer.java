package io.wsboot.spring.servlet;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.server.PathContainer;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Serves a static resource if there is one on the path, and else has the server answer.
 *
 * @param files finds static resources
 * @param answer the server's answer
 */
record FileOrAnswer(ResourceHttpRequestHandler files, HttpRequestHandler answer) implements HttpRequestHandler {

	/**
	 * Returns a handler for a request.
	 * @param request the request, which learns of the pattern of static resources
	 * @param other what another mapping would do with the request
	 * @param answer the server's answer
	 * @return the answer, unless the other mapping looks for static resources
	 */
	static HttpRequestHandler of(HttpServletRequest request, OtherMappings.Match other, HttpRequestHandler answer) {
		PathPattern pattern = other.pattern();
		boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
		if (!reads || pattern == null || !(other.handler() instanceof ResourceHttpRequestHandler files)) {
			return answer;
		}
		PathContainer path = ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication();
		request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, pattern.getPatternString());
		request.setAttribute(HandlerMapping.PATH_WITHIN_HANDLER_MAPPING_ATTRIBUTE,
				pattern.extractPathWithinPattern(path).value());
		return new FileOrAnswer(files, answer);
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		try {
			this.files.handleRequest(request, response);
		}
		catch (NoResourceFoundException ex) {
			this.answer.handleRequest(request, response);
		}
	}

}
