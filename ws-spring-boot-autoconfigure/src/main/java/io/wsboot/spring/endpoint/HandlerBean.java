package io.wsboot.spring.endpoint;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.stream.Stream;

import io.wsboot.WsHandler;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.endpoint.method.CallbackType;
import io.wsboot.spring.endpoint.method.InvalidEndpointException;

import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.PropertyResolver;

/**
 * A bean that is annotated with {@link WsEndpoint} and implements {@link WsHandler}. The
 * server calls such a bean directly.
 *
 * @param type the class as its author wrote it, without proxies
 * @param handler the bean
 */
record HandlerBean(Class<?> type, WsHandler handler) {

	EndpointRegistration registration(String path, WsEndpoint annotation, PropertyResolver placeholders) {
		Set<Method> callbacks = MethodIntrospector.selectMethods(this.type, HandlerBean::isCallback);
		if (!callbacks.isEmpty()) {
			throw InvalidEndpointException.of(callbacks.iterator().next(),
					"is a callback of a class that implements WsHandler, whose methods are the callbacks",
					"Override the methods of WsHandler, or annotate methods and do not implement it.");
		}
		return new EndpointRegistration(path, this.handler,
				new EndpointAttributes(this.type, placeholders).options(annotation));
	}

	private static boolean isCallback(Method method) {
		return Stream.of(CallbackType.values())
			.anyMatch((type) -> AnnotatedElementUtils.hasAnnotation(method, type.annotation()));
	}

}
