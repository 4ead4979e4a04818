package io.wsboot.spring.endpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.wsboot.PayloadConverter;
import io.wsboot.WsHandler;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.endpoint.argument.AnnotatedParameters;
import io.wsboot.spring.endpoint.argument.CallbackArgumentResolver;
import io.wsboot.spring.endpoint.argument.PathTemplate;
import io.wsboot.spring.endpoint.argument.PayloadArguments;
import io.wsboot.spring.endpoint.convert.JsonCodec;
import io.wsboot.spring.endpoint.convert.StandardPayloadConverter;
import io.wsboot.spring.endpoint.method.InvalidEndpointException;
import io.wsboot.spring.endpoint.reply.Replies;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Finds the {@link WsEndpoint} beans of an application context and makes handlers of
 * them. This happens once, when all singletons are there: no bean is created early, and a
 * wrong signature stops the start before the server listens.
 */
public final class EndpointDiscoverer implements SmartInitializingSingleton {

	private final EndpointBeans beans;

	private final Environment environment;

	private final ConversionService conversion;

	private final PayloadArguments payloads;

	private final Replies replies;

	private final List<CallbackArgumentResolver> resolvers;

	private @Nullable List<EndpointRegistration> endpoints;

	/**
	 * Creates a discoverer.
	 * @param beans the bean factory whose endpoints are found
	 * @param environment resolves placeholders in paths and limits
	 * @param conversion converts values from the handshake
	 * @param json reads JSON; null if there is no JSON library
	 * @param converter writes replies
	 * @param extensions the application's own resolvers, converters and validator
	 */
	public EndpointDiscoverer(ConfigurableListableBeanFactory beans, Environment environment,
			ConversionService conversion, @Nullable JsonCodec json, PayloadConverter converter,
			EndpointExtensions extensions) {
		this.beans = new EndpointBeans(beans);
		this.environment = environment;
		this.conversion = conversion;
		this.resolvers = extensions.resolvers();
		this.payloads = new PayloadArguments(json, extensions.converters(), extensions.validator());
		// Of a converter of the application's own nothing is known, so all is allowed.
		this.replies = new Replies(json != null || !(converter instanceof StandardPayloadConverter),
				extensions.converters(), converter);
	}

	@Override
	public void afterSingletonsInstantiated() {
		endpoints();
	}

	/**
	 * Returns the endpoints; the first call finds them.
	 * @return all endpoints in the order of their beans
	 * @throws InvalidEndpointException if an endpoint cannot work as its class is written
	 */
	public synchronized List<EndpointRegistration> endpoints() {
		if (this.endpoints == null) {
			this.endpoints = discover();
		}
		return this.endpoints;
	}

	private List<EndpointRegistration> discover() {
		List<EndpointRegistration> found = new ArrayList<>();
		Map<String, Class<?>> taken = new LinkedHashMap<>();
		this.beans.forEach((type, annotation, bean) -> {
			PathTemplate path = path(type, annotation);
			Class<?> other = taken.put(path.shape(), type);
			if (other != null) {
				throw InvalidEndpointException.of(type,
						"has the path '" + path.path() + "', which matches the same requests as that of "
								+ other.getName(),
						"Give each endpoint a path of its own. Names of variables do not tell paths apart.");
			}
			found.add(registration(bean.get(), type, path, annotation));
		});
		return List.copyOf(found);
	}

	/**
	 * Makes a handler of a bean that was created after the start.
	 * @param bean a bean whose class is annotated with {@link WsEndpoint}
	 * @return the endpoint
	 * @throws InvalidEndpointException if the endpoint cannot work as its class is
	 * written
	 */
	public EndpointRegistration endpoint(Object bean) {
		Class<?> type = ClassUtils.getUserClass(AopProxyUtils.ultimateTargetClass(bean));
		WsEndpoint annotation = AnnotatedElementUtils.findMergedAnnotation(type, WsEndpoint.class);
		if (annotation == null) {
			throw InvalidEndpointException.of(type, "is not annotated with @WsEndpoint",
					"Annotate the class, or register it as a WsHandler with its path.");
		}
		return registration(bean, type, path(type, annotation), annotation);
	}

	private EndpointRegistration registration(Object bean, Class<?> type, PathTemplate path, WsEndpoint annotation) {
		if (bean instanceof WsHandler handler) {
			return new HandlerBean(type, handler).registration(path.path(), annotation, this.environment);
		}
		EndpointFactory factory = new EndpointFactory(bean, type, new AnnotatedParameters(path, this.conversion),
				this.payloads, this.replies, this.resolvers);
		return new EndpointRegistration(path.path(), factory.create(), factory.options(annotation, this.environment));
	}

	private PathTemplate path(Class<?> type, WsEndpoint annotation) {
		if (annotation.path().isEmpty()) {
			throw InvalidEndpointException.of(type, "has no path",
					"Write it into the annotation: @WsEndpoint(\"/path\").");
		}
		try {
			return PathTemplate.of(type, this.environment.resolveRequiredPlaceholders(annotation.path()));
		}
		catch (IllegalArgumentException ex) {
			throw InvalidEndpointException.of(type,
					"has the path '" + annotation.path() + "', whose placeholders cannot be resolved: "
							+ ex.getMessage(),
					"Define the property, or give the placeholder a default: ${name:value}.");
		}
	}

}
