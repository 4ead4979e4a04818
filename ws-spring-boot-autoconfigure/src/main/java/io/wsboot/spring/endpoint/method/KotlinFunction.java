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
 * A Kotlin function with default arguments: what is null and has a default is left out.
 * The only class that needs kotlin-reflect.
 *
 * @param method the function as Java sees it
 * @param function the function
 * @param parameters its parameters without the instance
 */
public record KotlinFunction(Method method, KFunction<?> function, List<KParameter> parameters) {

	/** Null if a method has no default arguments, declared or inherited. */
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
	 * @param arguments its arguments, null for what is to be left out
	 * @return what it returns
	 * @throws InvocationTargetException with what it throws
	 * @throws IllegalAccessException if it cannot be called
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

	/** Java sees what is in a value class; Kotlin wants the class. */
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
