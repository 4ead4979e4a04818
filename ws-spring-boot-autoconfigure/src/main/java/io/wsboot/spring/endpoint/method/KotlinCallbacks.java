package io.wsboot.spring.endpoint.method;

import java.lang.reflect.Method;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.core.KotlinDetector;

/**
 * What callbacks that are written in Kotlin have beyond those of Java.
 */
public final class KotlinCallbacks {

	private static final String UNIT = "kotlin.Unit";

	private KotlinCallbacks() {
	}

	/**
	 * How a method with default arguments is called.
	 * @param method the method
	 * @return null for every other method
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

	/** The compiler writes a second, static method, which says what is left out. */
	private static boolean declaresDefaultArguments(Method method) {
		return Arrays.stream(method.getDeclaringClass().getDeclaredMethods())
			.anyMatch((other) -> other.isSynthetic() && other.getName().equals(method.getName() + "$default"));
	}

	/** Whether a type is Kotlin's word for nothing. */
	public static boolean isUnit(Class<?> type) {
		return type.getName().equals(UNIT);
	}

}
