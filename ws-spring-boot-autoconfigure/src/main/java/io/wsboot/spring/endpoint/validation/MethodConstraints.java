package io.wsboot.spring.endpoint.validation;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.wsboot.spring.endpoint.method.InvalidEndpointException;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;
import org.springframework.validation.Validator;

/**
 * Finds the constraints on the callbacks of one endpoint. Without Bean Validation a
 * constraint stops the start, so that none is overlooked.
 */
public final class MethodConstraints {

	private static final boolean API_PRESENT = ClassUtils.isPresent("jakarta.validation.Validator",
			MethodConstraints.class.getClassLoader());

	private static final String CONSTRAINT = "jakarta.validation.Constraint";

	private final Object bean;

	private final @Nullable BeanConstraints constraints;

	/**
	 * Prepares to read the constraints of an endpoint.
	 * @param bean the endpoint, possibly a proxy
	 * @param type the endpoint's class
	 * @param validator the application's validator; null if there is none
	 * @param ofHandshake selects the parameters whose values come from the handshake
	 */
	public MethodConstraints(Object bean, Class<?> type, @Nullable Validator validator,
			Predicate<MethodParameter> ofHandshake) {
		this.bean = bean;
		this.constraints = API_PRESENT ? BeanConstraints.of(type, validator, ofHandshake) : null;
	}

	/**
	 * Reads the constraints of a callback.
	 * @param method the method as its class declares it
	 * @param invocable the method that is called on the bean
	 * @param parameters the parameters of the method
	 * @param payload selects the parameters whose {@code @Valid} is checked elsewhere
	 * @return the constraints; null if there are none to check
	 * @throws InvalidEndpointException if there are constraints that nothing can check
	 */
	public @Nullable CallbackConstraints of(Method method, Method invocable, List<MethodParameter> parameters,
			Predicate<MethodParameter> payload) {
		if (this.constraints != null) {
			Object target = target(this.bean);
			boolean hidden = Proxy.isProxyClass(target.getClass());
			return this.constraints.of(target, hidden ? invocable : method, parameters, payload);
		}
		boolean constrained = parameters.stream().anyMatch(MethodConstraints::isConstrained)
				|| Stream
					.concat(Arrays.stream(method.getAnnotatedParameterTypes()),
							Stream.of(method.getAnnotatedReturnType()))
					.anyMatch(MethodConstraints::isConstrained)
				|| MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY).isPresent(CONSTRAINT);
		if (constrained) {
			throw InvalidEndpointException.of(method,
					"has constraints, but no Bean Validation provider is there that could check them",
					"Add spring-boot-starter-validation, or remove the annotations.");
		}
		return null;
	}

	private static boolean isConstrained(MethodParameter parameter) {
		return MergedAnnotations.from(parameter.getParameterAnnotations()).isPresent(CONSTRAINT);
	}

	private static boolean isConstrained(AnnotatedType type) {
		if (MergedAnnotations.from(type.getAnnotations()).isPresent(CONSTRAINT)) {
			return true;
		}
		if (type instanceof AnnotatedArrayType array) {
			return isConstrained(array.getAnnotatedGenericComponentType());
		}
		return type instanceof AnnotatedParameterizedType generic
				&& Arrays.stream(generic.getAnnotatedActualTypeArguments()).anyMatch(MethodConstraints::isConstrained);
	}

	/**
	 * The bean behind a proxy; the proxy itself if its target changes from call to call.
	 */
	private static Object target(Object bean) {
		Object target = AopProxyUtils.getSingletonTarget(bean);
		return (target != null) ? target(target) : bean;
	}

}
