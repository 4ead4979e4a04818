package io.wsboot.spring.endpoint;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;

import io.wsboot.spring.endpoint.argument.ArgumentResolver;
import io.wsboot.spring.endpoint.method.InvalidEndpointException;
import io.wsboot.spring.endpoint.method.KotlinCallbacks;
import io.wsboot.spring.endpoint.method.KotlinFunction;
import io.wsboot.spring.endpoint.reply.Reply;
import io.wsboot.spring.endpoint.validation.CallbackConstraints;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * A method of a bean, with a resolver for each parameter and a reply that takes the
 * return value.
 *
 * @param <S> the source of arguments: a session, or the context of a handshake
 */
final class HandlerMethod<S> {

	private final Object bean;

	private final Method method;

	private final ArgumentResolver<S>[] resolvers;

	private final Reply<S> reply;

	/** Null if the method has no constraints. */
	private final @Nullable CallbackConstraints constraints;

	/** Null unless the method has default arguments. */
	private final @Nullable KotlinFunction kotlin;

	@SuppressWarnings("unchecked")
	HandlerMethod(Object bean, Method method, List<ArgumentResolver<S>> resolvers,
			@Nullable CallbackConstraints constraints, Reply<S> reply) {
		this.bean = bean;
		this.method = method;
		this.reply = reply;
		this.constraints = constraints;
		this.kotlin = KotlinCallbacks.function(method);
		this.resolvers = resolvers.toArray((ArgumentResolver<S>[]) new ArgumentResolver<?>[0]);
		ReflectionUtils.makeAccessible(method);
	}

	/**
	 * Resolves the arguments, calls the method, and hands the return value to the reply
	 * unless the value is null.
	 * @param source the source of arguments
	 * @param event the event that the method is called for; null if there is none, as for
	 * {@code @OnOpen}
	 * @throws Exception the exception of the method, of a resolver or of the reply; or an
	 * exception that names the constraint which an argument or the return value breaks
	 */
	void call(S source, @Nullable Object event) throws Exception {
		@Nullable Object[] arguments = new @Nullable Object[this.resolvers.length];
		for (int i = 0; i < arguments.length; i++) {
			arguments[i] = this.resolvers[i].resolve(source, event);
		}
		if (this.constraints != null) {
			this.constraints.checkArguments(arguments);
		}
		Object value;
		try {
			value = (this.kotlin != null) ? this.kotlin.call(this.bean, arguments)
					: this.method.invoke(this.bean, arguments);
		}
		catch (InvocationTargetException ex) {
			ReflectionUtils.rethrowException(ex.getTargetException());
			throw new IllegalStateException("an exception was not thrown", ex);
		}
		if (this.constraints != null) {
			this.constraints.checkReturnValue(value);
		}
		if (value != null) {
			this.reply.send(source, value);
		}
	}

	@Override
	public String toString() {
		return InvalidEndpointException.describe(this.method);
	}

}
