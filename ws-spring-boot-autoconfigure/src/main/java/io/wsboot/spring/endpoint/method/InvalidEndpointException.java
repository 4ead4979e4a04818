package io.wsboot.spring.endpoint.method;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.springframework.core.MethodParameter;

/**
 * A {@link io.wsboot.spring.annotation.WsEndpoint} class cannot work as it is written.
 * The application does not start; the failure report names the class, the method or the
 * parameter, and the change to make.
 */
public final class InvalidEndpointException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String advice;

	private InvalidEndpointException(String problem, String advice) {
		super(problem);
		this.advice = advice;
	}

	/**
	 * Says what to change.
	 * @return one or two sentences
	 */
	public String advice() {
		return this.advice;
	}

	/**
	 * Creates an exception about a class.
	 * @param type the endpoint's class
	 * @param problem the predicate of a sentence whose subject is the class
	 * @param advice what to change
	 * @return the exception
	 */
	public static InvalidEndpointException of(Class<?> type, String problem, String advice) {
		return new InvalidEndpointException("Endpoint " + type.getName() + " " + problem + ".", advice);
	}

	/**
	 * Creates an exception about a method.
	 * @param method the method
	 * @param problem the predicate of a sentence whose subject is the method
	 * @param advice what to change
	 * @return the exception
	 */
	public static InvalidEndpointException of(Method method, String problem, String advice) {
		return new InvalidEndpointException("Endpoint method " + describe(method) + " " + problem + ".", advice);
	}

	/**
	 * Creates an exception about a parameter.
	 * @param parameter the parameter of a method
	 * @param problem the predicate of a sentence whose subject is the parameter
	 * @param advice what to change
	 * @return the exception
	 */
	public static InvalidEndpointException of(MethodParameter parameter, String problem, String advice) {
		String name = parameter.getParameterName();
		String position = "Parameter " + (parameter.getParameterIndex() + 1) + " of endpoint method ";
		return new InvalidEndpointException(position
				+ describe(parameter.getExecutable().getDeclaringClass(), parameter.getExecutable().getName(),
						parameter.getExecutable().getParameterTypes())
				+ ((name != null) ? ", '" + name + "', " : " ") + problem + ".", advice);
	}

	/**
	 * Names a method as failure reports do.
	 * @param method the method
	 * @return the class, the name, and the simple names of the parameter types
	 */
	public static String describe(Method method) {
		return describe(method.getDeclaringClass(), method.getName(), method.getParameterTypes());
	}

	private static String describe(Class<?> type, String method, Class<?>[] parameters) {
		return type.getName() + "." + method
				+ Arrays.stream(parameters).map(Class::getSimpleName).collect(Collectors.joining(", ", "(", ")"));
	}

}
