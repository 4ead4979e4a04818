package io.wsboot.spring.endpoint.validation;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.validation.method.MethodValidationException;
import org.springframework.validation.method.MethodValidationResult;

/**
 * The constraints of Bean Validation on the parameters and the return value of one
 * callback. What arguments break is the client's fault, as they come from the client;
 * what a return value breaks is the endpoint's. Asked before the bean is called, so that
 * the proxy of a {@code @Validated} bean finds nothing more to complain of, and whatever
 * it throws is of a service behind it.
 *
 * @param method validates the method
 * @param parameters the method's parameters
 * @param arguments whether there are constraints on arguments that the handshake does not
 * bring
 * @param handshake the indexes of the parameters that the handshake brings
 * @param returned whether there are constraints on the return value
 */
public record CallbackConstraints(ConstrainedMethod method, List<MethodParameter> parameters, boolean arguments,
		Set<Integer> handshake, boolean returned) {

	/**
	 * Checks the arguments of one call.
	 * @param arguments the arguments
	 * @throws InvalidPayloadException if they break a constraint
	 */
	public void checkArguments(@Nullable Object[] arguments) throws InvalidPayloadException {
		if (this.arguments) {
			MethodValidationResult result = this.method.validateArguments(arguments);
			if (result.hasErrors()) {
				throw BrokenConstraints.toException(result);
			}
		}
	}

	/**
	 * Checks what one call returned.
	 * @param value the value
	 * @throws MethodValidationException if it breaks a constraint
	 */
	public void checkReturnValue(@Nullable Object value) {
		if (this.returned) {
			MethodValidationResult result = this.method.validateReturnValue(value);
			if (result.hasErrors()) {
				throw new MethodValidationException(result);
			}
		}
	}

	/**
	 * Whether what the handshake brings breaks no constraint.
	 * @param arguments the method's arguments, null where the handshake brings none
	 */
	public boolean allowHandshake(@Nullable Object[] arguments) {
		return this.method.validateArguments(arguments)
			.getParameterValidationResults()
			.stream()
			.noneMatch((broken) -> this.handshake.contains(broken.getMethodParameter().getParameterIndex()));
	}

}
