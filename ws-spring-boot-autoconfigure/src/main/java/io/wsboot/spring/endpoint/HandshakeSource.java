package io.wsboot.spring.endpoint;

import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.wsboot.HandshakeRequest;
import io.wsboot.spring.annotation.HeaderParam;
import io.wsboot.spring.annotation.PathParam;
import io.wsboot.spring.annotation.QueryParam;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Where in the handshake a parameter comes from: each has its annotation.
 */
enum HandshakeSource {

	PATH(PathParam.class, PathParam::value, (request, name) -> request.pathVariables().get(name)),

	QUERY(QueryParam.class, QueryParam::value, (request, name) -> request.queryParam(name).orElse(null)),

	HEADER(HeaderParam.class, HeaderParam::value, (request, name) -> request.headers().first(name).orElse(null));

	private final Class<? extends Annotation> annotation;

	private final Function<MethodParameter, String> givenName;

	private final BiFunction<HandshakeRequest, String, @Nullable String> reader;

	<A extends Annotation> HandshakeSource(Class<A> annotation, Function<A, String> name,
			BiFunction<HandshakeRequest, String, @Nullable String> reader) {
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
	 * @return the sources, more than one only by mistake
	 */
	static List<HandshakeSource> of(MethodParameter parameter) {
		return Arrays.stream(values()).filter((one) -> find(parameter, one.annotation) != null).toList();
	}

	/** One that an annotation of the application's own is annotated with counts too. */
	private static <A extends Annotation> @Nullable A find(MethodParameter parameter, Class<A> annotation) {
		return AnnotatedElementUtils
			.getMergedAnnotation(AnnotatedElementUtils.forAnnotations(parameter.getParameterAnnotations()), annotation);
	}

	/** The name that the parameter's annotation gives; empty if it gives none. */
	String givenName(MethodParameter parameter) {
		return this.givenName.apply(parameter);
	}

	/** The value that the client sent; null if it sent none. */
	@Nullable String read(HandshakeRequest request, String name) {
		return this.reader.apply(request, name);
	}

	@Override
	public String toString() {
		return "@" + this.annotation.getSimpleName();
	}

}
