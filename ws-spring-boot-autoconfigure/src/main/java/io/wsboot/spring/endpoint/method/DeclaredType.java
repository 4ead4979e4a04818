package io.wsboot.spring.endpoint.method;

import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashSet;
import java.util.Set;

import org.springframework.core.ResolvableType;

/**
 * A declared type without type variables and wildcards: what is known of them stands in
 * their places.
 */
public final class DeclaredType {

	private static final ResolvableType UNKNOWN = ResolvableType.forClass(Object.class);

	private DeclaredType() {
	}

	public static Type of(ResolvableType declared) {
		return resolve(declared, new HashSet<>()).getType();
	}

	private static ResolvableType resolve(ResolvableType type, Set<Type> variables) {
		Class<?> raw = type.resolve();
		if (raw == null || type.getType() instanceof WildcardType wildcard && wildcard.getLowerBounds().length > 0) {
			return UNKNOWN;
		}
		if (type.getType() instanceof TypeVariable<?> variable && !variables.add(variable)) {
			return UNKNOWN; // such as T extends Comparable<T>
		}
		try {
			return type.isArray() ? ResolvableType.forArrayComponent(resolve(type.getComponentType(), variables))
					: withGenerics(raw, type, variables);
		}
		finally {
			variables.remove(type.getType());
		}
	}

	private static ResolvableType withGenerics(Class<?> raw, ResolvableType type, Set<Type> variables) {
		ResolvableType[] generics = type.getGenerics();
		for (int i = 0; i < generics.length; i++) {
			generics[i] = resolve(generics[i], variables);
		}
		return (generics.length == 0) ? ResolvableType.forClass(raw)
				: ResolvableType.forClassWithGenerics(raw, generics);
	}

}
