package io.wsboot.spring.endpoint.method;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.springframework.core.MethodParameter;

/**
 * A {@link io.wsboot.spring.annotation.WsEndpoint} cannot work as it is written. The
 * application does not start.
 */
public final class InvalidEndpointException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String advice;

	private InvalidEndpointException(String problem, String advice) {
		super(problem);
		this.advice = advice;
	}

	/**
	 * What to change.
	 * @return one or two sentences
	 */
	public String advice() {
		return this.advice;
	}

	public static InvalidEndpointException of(Class<?> type, String problem, String advice) {
		return new InvalidEndpointException("Endpoint " + type.getName() + " " + problem + ".", advice);
	}

	public static InvalidEndpointException of(Method method, String problem, String advice) {
		return new InvalidEndpointException("Endpoint method " + describe(method) + " " + problem + ".", advice);
	}

	public static InvalidEndpointException of(MethodParameter parameter, String problem, String advice) {
		String name = parameter.getParameterName();
		String position = "Parameter " + (parameter.getParameterIndex() + 1) + " of endpoint method ";
		return new InvalidEndpointException(position
				+ describe(parameter.getExecutable().getDeclaringClass(), parameter.getExecutable().getName(),
						parameter.getExecutable().getParameterTypes())
				+ ((name != null) ? ", '" + name + "', " : " ") + problem + ".", advice);
	}

	public static String describe(Method method) {
		return describe(method.getDeclaringClass(), method.getName(), method.getParameterTypes());
	}

	private static String describe(Class<?> type, String method, Class<?>[] parameters) {
		return type.getName() + "." + method
				+ Arrays.stream(parameters).map(Class::getSimpleName).collect(Collectors.joining(", ", "(", ")"));
	}

}
