package io.wsboot.spring.endpoint.validation;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.wsboot.spring.endpoint.method.InvalidEndpointException;
import jakarta.validation.ValidationException;
import jakarta.validation.Validator;
import jakarta.validation.metadata.CrossParameterDescriptor;
import jakarta.validation.metadata.MethodDescriptor;
import jakarta.validation.metadata.ParameterDescriptor;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.validation.SmartValidator;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.MethodValidationAdapter;

/**
 * Reads the constraints on callbacks out of Bean Validation's metadata of the endpoint's
 * class. This class and {@link BrokenConstraints} need the API of Bean Validation.
 *
 * @param type the endpoint's class
 * @param validator Bean Validation's validator
 * @param ofHandshake selects the parameters whose values come from the handshake
 */
record BeanConstraints(Class<?> type, Validator validator, Predicate<MethodParameter> ofHandshake) {

	/** Returns null if the application's validator is not backed by Bean Validation. */
	static @Nullable BeanConstraints of(Class<?> type, org.springframework.validation.@Nullable Validator validator,
			Predicate<MethodParameter> ofHandshake) {
		if (validator instanceof Validator beanValidator) {
			return new BeanConstraints(type, beanValidator, ofHandshake);
		}
		Validator unwrapped = (validator instanceof SmartValidator smart) ? smart.unwrap(Validator.class) : null;
		return (unwrapped != null) ? new BeanConstraints(type, unwrapped, ofHandshake) : null;
	}

	/**
	 * Reads the constraints of a callback.
	 * @param target the bean, without a proxy if the bean behind the proxy can be reached
	 * @param method the method to validate
	 * @param parameters the parameters of the method
	 * @param payload selects the parameters whose {@code @Valid} is checked elsewhere
	 * @return the constraints; null if there are none to check
	 */
	@Nullable CallbackConstraints of(Object target, Method method, List<MethodParameter> parameters,
			Predicate<MethodParameter> payload) {
		MethodDescriptor found = descriptor(method);
		if (found == null) {
			return null;
		}
		Set<Integer> constrained = parameters.stream().filter((parameter) -> {
			ParameterDescriptor descriptor = found.getParameterDescriptors().get(parameter.getParameterIndex());
			return descriptor.hasConstraints() || !descriptor.getConstrainedContainerElementTypes().isEmpty()
					|| descriptor.isCascaded() && !payload.test(parameter);
		}).map(MethodParameter::getParameterIndex).collect(Collectors.toSet());
		Set<Integer> handshake = parameters.stream()
			.filter(this.ofHandshake)
			.map(MethodParameter::getParameterIndex)
			.filter(constrained::contains)
			.collect(Collectors.toSet());
		CrossParameterDescriptor together = found.getCrossParameterDescriptor();
		boolean arguments = together.hasConstraints() || constrained.size() > handshake.size();
		boolean returned = found.hasConstrainedReturnValue();
		if (!arguments && !returned && handshake.isEmpty()) {
			return null;
		}
		return new CallbackConstraints(
				new ConstrainedMethod(new MethodValidationAdapter(this.validator), target, method,
						parameters.toArray(new MethodParameter[0]), groups(method)),
				parameters, arguments, handshake, returned);
	}

	private @Nullable MethodDescriptor descriptor(Method method) {
		try {
			return this.validator.getConstraintsForClass(this.type)
				.getConstraintsForMethod(method.getName(), method.getParameterTypes());
		}
		catch (ValidationException ex) {
			throw InvalidEndpointException.of(method,
					"has constraints that Bean Validation does not accept: " + ex.getMessage(),
					"Write the constraints where the method is declared first.");
		}
	}

	private Class<?>[] groups(Method method) {
		Validated annotation = AnnotatedElementUtils.findMergedAnnotation(method, Validated.class);
		if (annotation == null) {
			annotation = AnnotatedElementUtils.findMergedAnnotation(this.type, Validated.class);
		}
		return (annotation != null) ? annotation.value() : new Class<?>[0];
	}

}
