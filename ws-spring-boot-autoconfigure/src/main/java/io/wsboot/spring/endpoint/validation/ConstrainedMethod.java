package io.wsboot.spring.endpoint.validation;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.validation.method.MethodValidationResult;
import org.springframework.validation.method.MethodValidator;

/**
 * A method with constraints of Bean Validation.
 *
 * @param validator validates the method
 * @param target the bean that has the method
 * @param method the method
 * @param parameters the parameters of the method
 * @param groups the groups to validate
 */
record ConstrainedMethod(MethodValidator validator, Object target, Method method, MethodParameter[] parameters,
		Class<?>[] groups) {

	@SuppressWarnings("NullAway") // arguments may be null, which Spring does not say
	MethodValidationResult validateArguments(@Nullable Object[] arguments) {
		return this.validator.validateArguments(this.target, this.method, this.parameters, arguments, this.groups);
	}

	MethodValidationResult validateReturnValue(@Nullable Object value) {
		return this.validator.validateReturnValue(this.target, this.method, new MethodParameter(this.method, -1), value,
				this.groups);
	}

}
