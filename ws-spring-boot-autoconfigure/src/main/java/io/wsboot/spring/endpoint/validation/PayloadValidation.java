package io.wsboot.spring.endpoint.validation;

import java.lang.annotation.Annotation;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.wsboot.spring.endpoint.method.InvalidEndpointException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.validation.BindingResult;
import org.springframework.validation.DirectFieldBindingResult;
import org.springframework.validation.SmartValidator;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

/**
 * Validates a payload whose parameter is annotated with {@code @Valid},
 * {@code @Validated} or another annotation that Spring takes for one of these. Each
 * element of a collection or an array is validated, and each value of a map.
 *
 * @param validator the application's validator
 * @param groups the groups that the annotation names
 * @param name the name of the parameter
 */
public record PayloadValidation(Validator validator, Object[] groups, String name) {

	/**
	 * Reads the annotations of a payload parameter.
	 * @param payload the payload parameter
	 * @param validator the application's validator; null if there is none
	 * @return the validation; null if the parameter asks for none
	 * @throws InvalidEndpointException if the type cannot be validated
	 */
	public static @Nullable PayloadValidation of(MethodParameter payload, @Nullable Validator validator) {
		Object[] groups = groups(payload);
		if (groups == null) {
			return null;
		}
		Class<?> type = payload.getParameterType();
		if (type == String.class || type == byte[].class || type == ByteBuffer.class || type == boolean.class) {
			throw InvalidEndpointException.of(payload,
					"is to be validated, but a " + type.getName() + " has no constraints",
					"Take a type with constraints that is read as JSON; or write the constraint, such as @Size, on the parameter itself.");
		}
		Class<?> checked = checkedType(payload);
		if (validator == null || !validator.supports(checked)) {
			throw InvalidEndpointException.of(payload,
					"is to be validated, but no Validator is there that could check a " + checked.getName(),
					"Add spring-boot-starter-validation, or remove the annotation.");
		}
		return new PayloadValidation(validator, groups,
				Objects.requireNonNullElse(payload.getParameterName(), "payload"));
	}

	/**
	 * The groups that a parameter is to be validated for.
	 * @param payload the payload parameter
	 * @return the groups, possibly none; null if the parameter asks for no validation
	 */
	public static Object @Nullable [] groups(MethodParameter payload) {
		for (Annotation annotation : payload.getParameterAnnotations()) {
			Object[] groups = ValidationAnnotationUtils.determineValidationHints(annotation);
			if (groups != null) {
				return groups;
			}
		}
		return null;
	}

	private static Class<?> checkedType(MethodParameter payload) {
		ResolvableType type = ResolvableType.forMethodParameter(payload);
		if (Collection.class.isAssignableFrom(type.toClass())) {
			return type.asCollection().getGeneric().toClass();
		}
		if (type.isArray()) {
			return type.getComponentType().toClass();
		}
		return Map.class.isAssignableFrom(type.toClass()) ? type.asMap().getGeneric(1).toClass() : type.toClass();
	}

	/**
	 * Validates one payload.
	 * @param payload the payload
	 * @throws InvalidPayloadException if the payload breaks a constraint
	 */
	public void check(@Nullable Object payload) throws InvalidPayloadException {
		if (payload instanceof Object[] elements) {
			check(Arrays.asList(elements));
		}
		else if (payload instanceof Collection<?> elements) {
			int index = 0;
			for (Object element : elements) {
				checkOne(element, this.name + "[" + index++ + "]");
			}
		}
		else if (payload instanceof Map<?, ?> map) {
			for (Map.Entry<?, ?> entry : map.entrySet()) {
				checkOne(entry.getValue(), this.name + "[" + entry.getKey() + "]");
			}
		}
		else {
			checkOne(payload, this.name);
		}
	}

	private void checkOne(@Nullable Object target, String name) throws InvalidPayloadException {
		if (target == null) {
			return; // whether there must be one is what the parameter's nullness says
		}
		BindingResult result = new DirectFieldBindingResult(target, name);
		if (this.validator instanceof SmartValidator smart && this.groups.length > 0) {
			smart.validate(target, result, this.groups);
		}
		else {
			this.validator.validate(target, result);
		}
		if (result.hasErrors()) {
			throw new InvalidPayloadException(result);
		}
	}

	@Override
	public String toString() {
		return "validation of " + this.name + " for " + List.of(this.groups);
	}

}
