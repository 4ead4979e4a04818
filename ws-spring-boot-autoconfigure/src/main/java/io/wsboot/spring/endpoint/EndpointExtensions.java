package io.wsboot.spring.endpoint;

import java.util.List;

import io.wsboot.spring.endpoint.argument.CallbackArgumentResolver;
import io.wsboot.spring.endpoint.convert.WsMessageConverter;
import org.jspecify.annotations.Nullable;

import org.springframework.validation.Validator;

/**
 * What an application adds to what endpoints can do.
 *
 * @param resolvers give values to parameters, in order
 * @param converters read and write payloads, in order
 * @param validator checks payloads; null if there is none
 */
public record EndpointExtensions(List<CallbackArgumentResolver> resolvers, List<WsMessageConverter> converters,
		@Nullable Validator validator) {

	/** Nothing. */
	public static final EndpointExtensions NONE = new EndpointExtensions(List.of(), List.of(), null);

	public EndpointExtensions {
		resolvers = List.copyOf(resolvers);
		converters = List.copyOf(converters);
	}

}
