package io.wsboot.spring.endpoint.method;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import kotlin.jvm.JvmClassMappingKt;
import kotlin.reflect.KClass;
import kotlin.reflect.KFunction;
import kotlin.reflect.KParameter;
import kotlin.reflect.full.KClasses;
import kotlin.reflect.jvm.KCallablesJvm;
import kotlin.reflect.jvm.ReflectJvmMapping;
import org.jspecify.annotations.Nullable;

import org.springframework.core.KotlinDetector;

/**
 * A Kotlin function with default arguments. An argument that is null and has a default is
 * left out of the call. This is the only class that needs kotlin-reflect.
 *
 * @param method the function in Java's terms
 * @param function the function in Kotlin's terms
 * @param parameters the parameters without the instance
 */
public record KotlinFunction(Method method, KFunction<?> function, List<KParameter> parameters) {

	/** Returns null if a method has no default arguments, declared or inherited. */
	static @Nullable KotlinFunction of(Method method) {
		KFunction<?> function = ReflectJvmMapping.getKotlinFunction(method);
		if (function == null || function.getParameters().stream().noneMatch(KParameter::isOptional)) {
			return null;
		}
		KCallablesJvm.setAccessible(function, true);
		return new KotlinFunction(method, function,
				function.getParameters()
					.stream()
					.filter((parameter) -> parameter.getKind() != KParameter.Kind.INSTANCE)
					.toList());
	}

	/**
	 * Calls the function.
	 * @param bean the instance
	 * @param arguments the arguments; null leaves an argument out that has a default
	 * @return the return value
	 * @throws InvocationTargetException if the function throws an exception
	 * @throws IllegalAccessException if the function cannot be called
	 */
	public @Nullable Object call(Object bean, @Nullable Object[] arguments)
			throws InvocationTargetException, IllegalAccessException {
		for (int i = 0; i < arguments.length; i++) {
			if (isLeftOut(i, arguments)) {
				return this.function.callBy(byParameter(bean, arguments));
			}
		}
		return this.method.invoke(bean, arguments);
	}

	private boolean isLeftOut(int index, @Nullable Object[] arguments) {
		return arguments[index] == null && this.parameters.get(index).isOptional();
	}

	private Map<KParameter, @Nullable Object> byParameter(Object bean, @Nullable Object[] arguments) {
		Map<KParameter, @Nullable Object> byParameter = new HashMap<>();
		this.function.getParameters()
			.stream()
			.filter((parameter) -> parameter.getKind() == KParameter.Kind.INSTANCE)
			.forEach((instance) -> byParameter.put(instance, bean));
		for (int i = 0; i < arguments.length; i++) {
			if (!isLeftOut(i, arguments)) {
				byParameter.put(this.parameters.get(i), boxed(arguments[i], this.parameters.get(i)));
			}
		}
		return byParameter;
	}

	/**
	 * In Java's terms an argument of a value class is the value inside; Kotlin's
	 * reflection wants an instance of the class.
	 */
	private static @Nullable Object boxed(@Nullable Object argument, KParameter parameter) {
		if (argument != null && parameter.getType().getClassifier() instanceof KClass<?> type
				&& KotlinDetector.isInlineClass(JvmClassMappingKt.getJavaClass(type)) && !type.isInstance(argument)) {
			KFunction<?> constructor = KClasses.getPrimaryConstructor(type);
			if (constructor != null) {
				KCallablesJvm.setAccessible(constructor, true);
				return constructor.call(argument);
			}
		}
		return argument;
	}

}
