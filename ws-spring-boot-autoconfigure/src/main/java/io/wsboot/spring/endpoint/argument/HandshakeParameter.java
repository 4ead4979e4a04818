package io.wsboot.spring.endpoint.argument;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.util.MultiValueMap;

/**
 * One parameter of a callback that comes from the handshake.
 *
 * @param name the name of the value in the handshake; empty for a map of all values
 * @param source the part of the handshake that has the value
 * @param type the type that the value is converted to
 * @param required whether the handshake is refused if the value is missing
 */
record HandshakeParameter(String name, ParameterSource source, TypeDescriptor type, boolean required) {

	/** The name of a parameter that takes a map of all values. */
	static final String ALL = "";

	/** Packages of types that are converted without asking anybody. */
	private static final Set<String> QUICK = Set.of("java.lang", "java.math", "java.time", "java.util");

	private static final TypeDescriptor STRING = TypeDescriptor.valueOf(String.class);

	private static final TypeDescriptor STRINGS = TypeDescriptor.valueOf(String[].class);

	private static final TypeDescriptor FIRST_VALUES = TypeDescriptor.map(Map.class, STRING, STRING);

	private static final TypeDescriptor ALL_VALUES = TypeDescriptor.map(MultiValueMap.class, STRING, STRING);

	static HandshakeParameter of(MethodParameter parameter, String name, ParameterSource source) {
		return new HandshakeParameter(name, source, new TypeDescriptor(parameter), isRequired(parameter));
	}

	/**
	 * A parameter of a primitive type is optional only if it has a default in Kotlin.
	 */
	private static boolean isRequired(MethodParameter parameter) {
		return !parameter.isOptional() || parameter.getParameterType().isPrimitive()
				&& !KotlinDetector.isKotlinType(parameter.getContainingClass());
	}

	boolean canBeConvertedBy(ConversionService conversion) {
		return conversion.canConvert(this.name.equals(ALL) ? mapType() : STRING, this.type);
	}

	/**
	 * Whether the conversion cannot block: the type is an enum or a value of the JDK. A
	 * type of the application may be looked up in a database, and an address in the
	 * domain name system.
	 */
	boolean isQuick() {
		ResolvableType type = this.type.getResolvableType();
		for (ResolvableType part = partOf(type); part != ResolvableType.NONE; part = partOf(type)) {
			type = part;
		}
		Class<?> each = type.toClass();
		return each.isPrimitive() || each.isEnum() || QUICK.contains(each.getPackageName());
	}

	/** The element of an array, collection, map or Optional; none for other types. */
	private static ResolvableType partOf(ResolvableType type) {
		if (type.isArray()) {
			return type.getComponentType();
		}
		if (Map.class.isAssignableFrom(type.toClass())) {
			return type.asMap().getGeneric(1);
		}
		boolean holds = type.toClass() == Optional.class || Collection.class.isAssignableFrom(type.toClass());
		return holds ? type.getGeneric(0) : ResolvableType.NONE;
	}

	/**
	 * Converts the value that a client sent.
	 * @param all all values of the source
	 * @param conversion converts the value
	 * @return the value; null if the client sent none
	 * @throws ConversionException if the value is not of the parameter's type
	 */
	@Nullable Object read(MultiValueMap<String, String> all, ConversionService conversion) {
		if (this.name.equals(ALL)) {
			return conversion.convert((mapType() == ALL_VALUES) ? all : all.asSingleValueMap(), mapType(), this.type);
		}
		List<String> values = all.get(this.name);
		if (values == null || values.isEmpty()) {
			return (this.type.getType() == Optional.class) ? Optional.empty() : null;
		}
		// As in Spring MVC: one value may be a list with commas, several become text with
		// commas.
		return (values.size() == 1) ? conversion.convert(values.get(0), STRING, this.type)
				: conversion.convert(values.toArray(new String[0]), STRINGS, this.type);
	}

	private TypeDescriptor mapType() {
		TypeDescriptor value = this.type.getMapValueTypeDescriptor();
		return (value != null && (value.isArray() || Collection.class.isAssignableFrom(value.getType()))) ? ALL_VALUES
				: FIRST_VALUES;
	}

}
