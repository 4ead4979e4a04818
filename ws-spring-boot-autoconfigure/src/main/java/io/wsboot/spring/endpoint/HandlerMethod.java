package io.wsboot.spring.endpoint;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;

import io.wsboot.spring.endpoint.argument.ArgumentResolver;
import io.wsboot.spring.endpoint.method.InvalidEndpointException;
import io.wsboot.spring.endpoint.method.KotlinCallbacks;
import io.wsboot.spring.endpoint.method.KotlinFunction;
import io.wsboot.spring.endpoint.validation.CallbackConstraints;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * One callback: a method of a bean, and where its arguments come from.
 *
 * @param <S> what the callback is about
 */
final class HandlerMethod<S> {

	private final Object bean;

	private final Method method;

	private final ArgumentResolver<S>[] resolvers;

	/** Null if there are none. */
	private final @Nullable CallbackConstraints constraints;

	/** Null unless the method has default arguments. */
	private final @Nullable KotlinFunction kotlin;

	@SuppressWarnings("unchecked")
	HandlerMethod(Object bean, Method method, List<ArgumentResolver<S>> resolvers,
			@Nullable CallbackConstraints constraints) {
		this.bean = bean;
		this.method = method;
		this.constraints = constraints;
		this.kotlin = KotlinCallbacks.function(method);
		this.resolvers = resolvers.toArray((ArgumentResolver<S>[]) new ArgumentResolver<?>[0]);
		ReflectionUtils.makeAccessible(method);
	}

	/**
	 * Calls the method.
	 * @param source what the callback is about
	 * @param event what happened
	 * @return what the method returned
	 * @throws Exception what the method threw, what kept an argument from being found, or
	 * which constraint an argument or the value breaks
	 */
	@Nullable Object invoke(S source, @Nullable Object event) throws Exception {
		@Nullable Object[] arguments = new @Nullable Object[this.resolvers.length];
		for (int i = 0; i < arguments.length; i++) {
			arguments[i] = this.resolvers[i].resolve(source, event);
		}
		if (this.constraints == null) {
			return call(arguments);
		}
		this.constraints.checkArguments(arguments);
		Object value = call(arguments);
		this.constraints.checkReturnValue(value);
		return value;
	}

	private @Nullable Object call(@Nullable Object[] arguments) throws Exception {
		try {
			return (this.kotlin != null) ? this.kotlin.call(this.bean, arguments)
					: this.method.invoke(this.bean, arguments);
		}
		catch (InvocationTargetException ex) {
			ReflectionUtils.rethrowException(ex.getTargetException());
			throw new IllegalStateException("an exception was not thrown", ex);
		}
	}

	@Override
	public String toString() {
		return InvalidEndpointException.describe(this.method);
	}

}
