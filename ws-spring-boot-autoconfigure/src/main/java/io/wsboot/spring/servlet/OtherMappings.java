package io.wsboot.spring.servlet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.http.server.PathContainer;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The mappings of the application beside ours. They are asked what they would do with a
 * request, as a {@code DispatcherServlet} asks them, and the request does not change. Any
 * thread.
 */
final class OtherMappings {

	private final Supplier<List<HandlerMapping>> mappings;

	/**
	 * Finds no mapping yet, as some may need ours.
	 * @param context returns the context of the {@code DispatcherServlet}
	 */
	OtherMappings(Supplier<ApplicationContext> context) {
		this.mappings = SingletonSupplier
			.of(() -> BeanFactoryUtils.beansOfTypeIncludingAncestors(context.get(), HandlerMapping.class, true, false)
				.values()
				.stream()
				.filter((mapping) -> !(mapping instanceof EndpointHandlerMapping))
				.sorted(AnnotationAwareOrderComparator.INSTANCE)
				.toList())::obtain;
	}

	/**
	 * Finds the handler that would serve a request without ours.
	 * @param request the request, whose path has been parsed
	 * @return the first handler; null if there is none, or if a mapping would refuse the
	 * request, such as for its method
	 */
	@Nullable Match find(HttpServletRequest request) {
		for (HandlerMapping mapping : this.mappings.get()) {
			Question question = new Question(request);
			try {
				HandlerExecutionChain chain = mapping.getHandler(question);
				if (chain != null) {
					return new Match(chain.getHandler(), pattern(mapping, question));
				}
			}
			catch (Exception ex) {
				return null; // thrown again for the client, if no endpoint serves the
								// request
			}
		}
		return null;
	}

	private static @Nullable PathPattern pattern(HandlerMapping mapping, Question question) {
		if (question.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String pattern) {
			return PathPatternParser.defaultInstance.parse(pattern);
		}
		if (mapping instanceof AbstractUrlHandlerMapping urls) { // whose interceptor
																	// tells
			PathContainer path = ServletRequestPathUtils.getParsedRequestPath(question).pathWithinApplication();
			return urls.getPathPatternHandlerMap()
				.keySet()
				.stream()
				.filter((pattern) -> pattern.matches(path))
				.min(PathPattern.SPECIFICITY_COMPARATOR)
				.orElse(null);
		}
		return null;
	}

	/**
	 * What another mapping has found.
	 *
	 * @param handler the handler
	 * @param pattern the pattern that matches the path; null if the mapping does not tell
	 */
	record Match(Object handler, @Nullable PathPattern pattern) {

		/** Whether the mapping's pattern says more about the path than another one. */
		boolean isMoreSpecificThan(PathPattern other) {
			return this.pattern != null && PathPattern.SPECIFICITY_COMPARATOR.compare(this.pattern, other) < 0;
		}

	}

	/** A request whose attributes do not outlive it. */
	private static final class Question extends HttpServletRequestWrapper {

		private final Map<String, @Nullable Object> attributes = new HashMap<>();

		Question(HttpServletRequest request) {
			super(request);
			this.attributes.put(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, null);
		}

		@Override
		public @Nullable Object getAttribute(String name) {
			return this.attributes.containsKey(name) ? this.attributes.get(name) : super.getAttribute(name);
		}

		@Override
		public void setAttribute(String name, @Nullable Object value) {
			this.attributes.put(name, value);
		}

		@Override
		public void removeAttribute(String name) {
			this.attributes.put(name, null);
		}

	}

}
