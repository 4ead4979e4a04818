package io.wsboot.spring.endpoint.validation;

import java.io.Serial;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;

import org.springframework.context.MessageSourceResolvable;
import org.springframework.validation.BindingResult;
import org.springframework.validation.DirectFieldBindingResult;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.MethodValidationResult;
import org.springframework.validation.method.ParameterValidationResult;

/**
 * The exception that Bean Validation would throw for the arguments of a callback. It has
 * no stack trace, as a client may cause many.
 */
final class BrokenConstraints extends ConstraintViolationException {

	@Serial
	private static final long serialVersionUID = 1L;

	private BrokenConstraints(Set<ConstraintViolation<?>> violations) {
		super(violations);
	}

	/**
	 * Reports invalid arguments like an invalid payload, with a {@link BrokenConstraints}
	 * as the cause.
	 * @param broken a result with errors
	 * @return the exception
	 */
	static InvalidPayloadException toException(MethodValidationResult broken) {
		String method = broken.getMethod().getName();
		ParameterValidationResult first = broken.getParameterValidationResults().stream().findFirst().orElse(null);
		BindingResult errors = new DirectFieldBindingResult((first != null) ? first.getArgument() : null,
				(first != null) ? nameOf(first) : method);
		Set<ConstraintViolation<?>> violations = new HashSet<>();
		for (ParameterValidationResult parameter : broken.getParameterValidationResults()) {
			for (MessageSourceResolvable error : parameter.getResolvableErrors()) {
				errors.addError((error instanceof ObjectError own) ? own : global(nameOf(parameter), error));
				violations.add(parameter.unwrap(error, ConstraintViolation.class));
			}
		}
		broken.getCrossParameterValidationResults().forEach((error) -> errors.addError(global(method, error)));
		return new InvalidPayloadException(errors, new BrokenConstraints(violations));
	}

	private static ObjectError global(String name, MessageSourceResolvable error) {
		return new ObjectError(name, error.getCodes(), error.getArguments(), error.getDefaultMessage());
	}

	private static String nameOf(ParameterValidationResult parameter) {
		String name = Objects.requireNonNullElse(parameter.getMethodParameter().getParameterName(), "payload");
		Object element = (parameter.getContainerKey() != null) ? parameter.getContainerKey()
				: parameter.getContainerIndex();
		return (element != null) ? name + "[" + element + "]" : name;
	}

	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

}
