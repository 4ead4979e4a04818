package io.wsboot.spring.endpoint.argument;

import java.util.List;
import java.util.Map;

import io.wsboot.spring.endpoint.method.InvalidEndpointException;

import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionService;

/**
 * Reads the parameters of one endpoint that are annotated with {@code @PathParam},
 * {@code @QueryParam} or {@code @HeaderParam}, and checks them at start.
 *
 * @param path the endpoint's path
 * @param conversion converts the values of handshakes
 */
public record AnnotatedParameters(PathTemplate path, ConversionService conversion) {

	HandshakeParameter read(MethodParameter parameter) {
		List<ParameterSource> sources = ParameterSource.of(parameter);
		if (sources.size() > 1) {
			throw InvalidEndpointException.of(parameter,
					"is annotated with both " + sources.get(0) + " and " + sources.get(1), "Keep one of them.");
		}
		ParameterSource source = sources.get(0);
		String name = name(parameter, source.givenName(parameter));
		if (source == ParameterSource.PATH && !name.equals(HandshakeParameter.ALL)
				&& !this.path.variables().contains(name)) {
			throw InvalidEndpointException.of(parameter,
					"names the path variable '" + name + "', which the path " + this.path.path() + " does not have",
					"Name one of " + this.path.variables() + " in @PathParam, or add {" + name + "} to the path.");
		}
		HandshakeParameter named = HandshakeParameter.of(parameter, name, source);
		if (!named.canBeConvertedBy(this.conversion)) {
			throw InvalidEndpointException.of(parameter,
					"is a " + named.type().getResolvableType() + ", which no converter makes from a string",
					"Use a type that Spring converts to, such as int, UUID or an enum, or register a Converter.");
		}
		return named;
	}

	private static String name(MethodParameter parameter, String given) {
		if (!given.isEmpty()) {
			return given;
		}
		if (Map.class.isAssignableFrom(parameter.getParameterType())) {
			return HandshakeParameter.ALL;
		}
		String own = parameter.getParameterName();
		if (own == null) {
			throw InvalidEndpointException.of(parameter, "has no name that can be read at run time",
					"Compile with -parameters, or write the name into the annotation.");
		}
		return own;
	}

}
