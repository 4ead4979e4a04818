package io.wsboot.spring.endpoint.method;

import java.lang.reflect.Method;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.core.KotlinDetector;

/**
 * Knows the features of callbacks that only Kotlin has. Kotlin and its reflection may be
 * missing.
 */
public final class KotlinCallbacks {

	private static final String UNIT = "kotlin.Unit";

	private KotlinCallbacks() {
	}

	/**
	 * Finds the default arguments of a method.
	 * @param method the method
	 * @return the function; null if the method has no default arguments
	 * @throws InvalidEndpointException if default arguments cannot be used without
	 * kotlin-reflect
	 */
	public static @Nullable KotlinFunction function(Method method) {
		return function(method, KotlinDetector.isKotlinReflectPresent());
	}

	static @Nullable KotlinFunction function(Method method, boolean reflectPresent) {
		if (!KotlinDetector.isKotlinType(method.getDeclaringClass())) {
			return null;
		}
		if (reflectPresent) {
			return KotlinFunction.of(method);
		}
		if (declaresDefaultArguments(method)) {
			throw InvalidEndpointException.of(method, "has default arguments, which only kotlin-reflect knows",
					"Add org.jetbrains.kotlin:kotlin-reflect, or remove the default arguments.");
		}
		return null;
	}

	/**
	 * The compiler writes a second, static method that takes a bit mask of the arguments
	 * left out.
	 */
	private static boolean declaresDefaultArguments(Method method) {
		return Arrays.stream(method.getDeclaringClass().getDeclaredMethods())
			.anyMatch((other) -> other.isSynthetic() && other.getName().equals(method.getName() + "$default"));
	}

	/**
	 * Whether a type is Kotlin's {@code Unit}, the type of functions that return nothing.
	 * @param type a return type, or the class of a return value
	 * @return true for {@code Unit}
	 */
	public static boolean isUnit(Class<?> type) {
		return type.getName().equals(UNIT);
	}

}
