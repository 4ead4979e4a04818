package io.wsboot.spring.endpoint.validation;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.validation.method.MethodValidationException;
import org.springframework.validation.method.MethodValidationResult;

/**
 * The constraints of Bean Validation on the parameters and the return value of one
 * callback. An invalid argument is the client's fault, as arguments come from the client;
 * an invalid return value is the endpoint's. The constraints are checked before the bean
 * is called: the proxy of a {@code @Validated} bean then finds no violation of its own,
 * and a violation that it reports belongs to a service behind the bean.
 *
 * @param method validates the method
 * @param parameters the parameters of the method
 * @param arguments whether there are constraints on arguments that do not come from the
 * handshake
 * @param handshake the indexes of the constrained parameters that come from the handshake
 * @param returned whether there are constraints on the return value
 */
public record CallbackConstraints(ConstrainedMethod method, List<MethodParameter> parameters, boolean arguments,
		Set<Integer> handshake, boolean returned) {

	/**
	 * Checks the arguments of one call.
	 * @param arguments the arguments
	 * @throws InvalidPayloadException if an argument breaks a constraint
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
	 * Checks the return value of one call.
	 * @param value the return value
	 * @throws MethodValidationException if the return value breaks a constraint
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
	 * Checks the arguments that come from the handshake.
	 * @param arguments the arguments; null for those that do not come from the handshake
	 * @return false if the handshake breaks a constraint
	 */
	public boolean allowHandshake(@Nullable Object[] arguments) {
		return this.method.validateArguments(arguments)
			.getParameterValidationResults()
			.stream()
			.noneMatch((broken) -> this.handshake.contains(broken.getMethodParameter().getParameterIndex()));
	}

}
