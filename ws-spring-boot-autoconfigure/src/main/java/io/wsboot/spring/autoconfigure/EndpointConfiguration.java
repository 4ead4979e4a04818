package io.wsboot.spring.autoconfigure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.wsboot.PayloadConverter;
import io.wsboot.spring.context.WsHandlerRegistration;
import io.wsboot.spring.endpoint.EndpointDiscoverer;
import io.wsboot.spring.endpoint.EndpointExtensions;
import io.wsboot.spring.endpoint.EndpointRegistration;
import io.wsboot.spring.endpoint.argument.CallbackArgumentResolver;
import io.wsboot.spring.endpoint.convert.JacksonJsonCodec;
import io.wsboot.spring.endpoint.convert.JsonCodec;
import io.wsboot.spring.endpoint.convert.StandardPayloadConverter;
import io.wsboot.spring.endpoint.convert.WsMessageConverter;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.env.Environment;
import org.springframework.validation.Validator;

/**
 * Defines annotated endpoints, and the converter and codec of their payloads. A converter
 * or codec that an application defines in a parent context serves the child contexts too;
 * ours does not, as ours does not know the beans of a child.
 */
@Configuration(proxyBeanMethods = false)
class EndpointConfiguration {

	@Bean
	@Fallback
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	PayloadConverter wsPayloadConverter(ObjectProvider<JsonCodec> json, ObjectProvider<WsMessageConverter> converters) {
		return new StandardPayloadConverter(json.getIfAvailable(), converters.orderedStream().toList());
	}

	@Bean
	EndpointDiscoverer wsEndpointDiscoverer(ConfigurableListableBeanFactory beans, Environment environment,
			ObjectProvider<JsonCodec> json, PayloadConverter converter, ObjectProvider<Validator> validator,
			ObjectProvider<CallbackArgumentResolver> resolvers, ObjectProvider<WsMessageConverter> converters) {
		ConversionService conversion = beans.getConversionService();
		return new EndpointDiscoverer(beans, environment,
				(conversion != null) ? conversion : ApplicationConversionService.getSharedInstance(),
				json.getIfAvailable(), converter, new EndpointExtensions(resolvers.orderedStream().toList(),
						converters.orderedStream().toList(), validator.getIfUnique()));
	}

	/**
	 * The handlers of one context, without those of its parents.
	 * @param endpoints the annotated endpoints of the context
	 * @param beans the bean factory of the context
	 * @return annotated endpoints first, then {@link WsHandlerRegistration} beans
	 */
	static Collection<WsHandlerRegistration> handlers(EndpointDiscoverer endpoints, ListableBeanFactory beans) {
		List<WsHandlerRegistration> handlers = new ArrayList<>();
		endpoints.endpoints().stream().map(EndpointConfiguration::registration).forEach(handlers::add);
		handlers.addAll(beans.getBeansOfType(WsHandlerRegistration.class).values());
		return handlers;
	}

	static WsHandlerRegistration registration(EndpointRegistration endpoint) {
		return new WsHandlerRegistration(endpoint.path(), endpoint.handler(), endpoint.options());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JsonMapper.class)
	static class JacksonConfiguration {

		@Bean
		@Fallback
		@ConditionalOnBean(JsonMapper.class)
		@ConditionalOnMissingBean(value = JsonCodec.class, search = SearchStrategy.CURRENT)
		JacksonJsonCodec wsJsonCodec(JsonMapper mapper) {
			return new JacksonJsonCodec(mapper);
		}

	}

}
