package io.wsboot.spring.endpoint;

import java.util.List;

import io.wsboot.spring.endpoint.argument.CallbackArgumentResolver;
import io.wsboot.spring.endpoint.convert.WsMessageConverter;
import org.jspecify.annotations.Nullable;

import org.springframework.validation.Validator;

/**
 * What an application adds to the features of endpoints.
 *
 * @param resolvers give values to parameters; the first that supports a parameter counts
 * @param converters read and write payloads; the first that supports a type counts
 * @param validator checks payloads; null if there is none
 */
public record EndpointExtensions(List<CallbackArgumentResolver> resolvers, List<WsMessageConverter> converters,
		@Nullable Validator validator) {

	/** No resolvers, no converters and no validator. */
	public static final EndpointExtensions NONE = new EndpointExtensions(List.of(), List.of(), null);

	/** Creates extensions with copies of the lists. */
	public EndpointExtensions {
		resolvers = List.copyOf(resolvers);
		converters = List.copyOf(converters);
	}

}
