package io.wsboot.spring.endpoint.argument;

import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import io.wsboot.HandshakeRequest;
import io.wsboot.spring.annotation.HeaderParam;
import io.wsboot.spring.annotation.PathParam;
import io.wsboot.spring.annotation.QueryParam;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.CollectionUtils;
import org.springframework.util.LinkedCaseInsensitiveMap;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * The parts of a handshake that a parameter may come from, each with its annotation.
 */
enum ParameterSource {

	PATH(PathParam.class, PathParam::value, (request) -> {
		MultiValueMap<String, String> values = new LinkedMultiValueMap<>();
		request.pathVariables().forEach(values::add);
		return values;
	}),

	QUERY(QueryParam.class, QueryParam::value, (request) -> CollectionUtils.toMultiValueMap(request.queryParams())),

	HEADER(HeaderParam.class, HeaderParam::value, (request) -> {
		MultiValueMap<String, String> values = CollectionUtils.toMultiValueMap(new LinkedCaseInsensitiveMap<>());
		request.headers().fields().forEach((field) -> values.add(field.name(), field.value()));
		return values;
	});

	private final Class<? extends Annotation> annotation;

	private final Function<MethodParameter, String> givenName;

	private final Function<HandshakeRequest, MultiValueMap<String, String>> reader;

	<A extends Annotation> ParameterSource(Class<A> annotation, Function<A, String> name,
			Function<HandshakeRequest, MultiValueMap<String, String>> reader) {
		this.annotation = annotation;
		this.givenName = (parameter) -> {
			A found = find(parameter, annotation);
			return (found != null) ? name.apply(found) : "";
		};
		this.reader = reader;
	}

	/**
	 * The sources that a parameter is annotated with.
	 * @param parameter a parameter of a callback
	 * @return the sources; more than one is a mistake of the endpoint's author
	 */
	static List<ParameterSource> of(MethodParameter parameter) {
		return Arrays.stream(values()).filter((one) -> find(parameter, one.annotation) != null).toList();
	}

	/**
	 * An annotation of the application may carry one of ours and then counts as that one.
	 */
	private static <A extends Annotation> @Nullable A find(MethodParameter parameter, Class<A> annotation) {
		return AnnotatedElementUtils
			.getMergedAnnotation(AnnotatedElementUtils.forAnnotations(parameter.getParameterAnnotations()), annotation);
	}

	/** The name in the parameter's annotation; empty if the annotation has none. */
	String givenName(MethodParameter parameter) {
		return this.givenName.apply(parameter);
	}

	/** All values of this source by name; names of header fields match in any case. */
	MultiValueMap<String, String> read(HandshakeRequest request) {
		return this.reader.apply(request);
	}

	@Override
	public String toString() {
		return "@" + this.annotation.getSimpleName();
	}

}
