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
 * @param name the name that the handshake has it under; empty for a map of all that the
 * source has
 * @param source where in the handshake
 * @param type what it is converted to
 * @param required whether the handshake is refused without it
 */
record HandshakeParameter(String name, ParameterSource source, TypeDescriptor type, boolean required) {

	/** The name of what is a map of everything. */
	static final String ALL = "";

	/** Packages of values. */
	private static final Set<String> QUICK = Set.of("java.lang", "java.math", "java.time", "java.util");

	private static final TypeDescriptor STRING = TypeDescriptor.valueOf(String.class);

	private static final TypeDescriptor STRINGS = TypeDescriptor.valueOf(String[].class);

	private static final TypeDescriptor FIRST_VALUES = TypeDescriptor.map(Map.class, STRING, STRING);

	private static final TypeDescriptor ALL_VALUES = TypeDescriptor.map(MultiValueMap.class, STRING, STRING);

	static HandshakeParameter of(MethodParameter parameter, String name, ParameterSource source) {
		return new HandshakeParameter(name, source, new TypeDescriptor(parameter), isRequired(parameter));
	}

	/** Of a primitive type only Kotlin's default arguments can be left out. */
	private static boolean isRequired(MethodParameter parameter) {
		return !parameter.isOptional() || parameter.getParameterType().isPrimitive()
				&& !KotlinDetector.isKotlinType(parameter.getContainingClass());
	}

	boolean canBeConvertedBy(ConversionService conversion) {
		return conversion.canConvert(this.name.equals(ALL) ? mapType() : STRING, this.type);
	}

	/**
	 * Whether it is converted without asking anybody: to a type of the JDK's that is a
	 * value, or an enum. A type of the application's own may be looked up in a database,
	 * and an address in the domain name system.
	 */
	boolean isQuick() {
		ResolvableType type = this.type.getResolvableType();
		for (ResolvableType part = partOf(type); part != ResolvableType.NONE; part = partOf(type)) {
			type = part;
		}
		Class<?> each = type.toClass();
		return each.isPrimitive() || each.isEnum() || QUICK.contains(each.getPackageName());
	}

	/** What an array, collection, map or Optional holds; none if it is none of these. */
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
	 * Converts what a client sent.
	 * @param all what the client sent to the source of this parameter
	 * @param conversion converts it
	 * @return the value, null if there is none
	 * @throws ConversionException if the client's value is not of this type
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
