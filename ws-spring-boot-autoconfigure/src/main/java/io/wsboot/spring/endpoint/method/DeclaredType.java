package io.wsboot.spring.endpoint.method;

import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashSet;
import java.util.Set;

import org.springframework.core.ResolvableType;

/**
 * Resolves the declared types of parameters and return values, so that a converter sees
 * neither type variables nor wildcards.
 */
public final class DeclaredType {

	private static final ResolvableType UNKNOWN = ResolvableType.forClass(Object.class);

	private DeclaredType() {
	}

	/**
	 * Resolves a declared type.
	 * @param declared the type as it is declared, with the class that may know its
	 * variables
	 * @return the type with the bound of each type variable and wildcard in its place;
	 * {@code Object} where there is no upper bound
	 */
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
