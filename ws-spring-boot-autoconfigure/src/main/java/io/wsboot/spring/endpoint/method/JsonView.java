package io.wsboot.spring.endpoint.method;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * Reads Jackson's {@code @JsonView} on callbacks and payloads. The annotation is found by
 * its name, as Jackson may be missing.
 */
public final class JsonView {

	private static final String ANNOTATION = "com.fasterxml.jackson.annotation.JsonView";

	private static final String ADVICE = "Name exactly one class in @JsonView.";

	private JsonView() {
	}

	/**
	 * The view that replies of a callback are written in.
	 * @param method the callback
	 * @return the class that stands for the view; null if the method has none
	 * @throws InvalidEndpointException if the annotation names several views
	 */
	public static @Nullable Class<?> of(Method method) {
		Class<?>[] views = views(MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY));
		if (views.length > 1) {
			throw InvalidEndpointException.of(method,
					"has a @JsonView of " + views.length + " classes, but one view is written", ADVICE);
		}
		return (views.length == 0) ? null : views[0];
	}

	/**
	 * The view that a payload is read in.
	 * @param payload the payload parameter
	 * @return the class that stands for the view; null if the parameter has none
	 * @throws InvalidEndpointException if the annotation names several views
	 */
	public static @Nullable Class<?> of(MethodParameter payload) {
		Class<?>[] views = views(MergedAnnotations.from(payload.getParameterAnnotations()));
		if (views.length > 1) {
			throw InvalidEndpointException.of(payload,
					"has a @JsonView of " + views.length + " classes, but one view is read", ADVICE);
		}
		return (views.length == 0) ? null : views[0];
	}

	private static Class<?>[] views(MergedAnnotations annotations) {
		MergedAnnotation<?> view = annotations.get(ANNOTATION);
		return view.isPresent() ? view.getClassArray(MergedAnnotation.VALUE) : new Class<?>[0];
	}

}
