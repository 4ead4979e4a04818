package io.wsboot.spring.endpoint.method;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Finds the method to call on a bean that may be a proxy. A CGLIB proxy is a subclass
 * whose own fields are empty: a method that the proxy cannot override would run on those
 * fields.
 */
public final class InvocableMethod {

	private static final int VISIBILITY = Modifier.PUBLIC | Modifier.PROTECTED | Modifier.PRIVATE;

	private InvocableMethod() {
	}

	/**
	 * Finds the method to call.
	 * @param bean the bean, possibly a proxy
	 * @param method the callback as the bean's class declares it
	 * @return the method of the bean, or of an interface of a JDK proxy
	 * @throws InvalidEndpointException if a call on the bean would miss the bean's class
	 */
	public static Method of(Object bean, Method method) {
		if (AopUtils.isCglibProxy(bean)) {
			checkOverridable(bean, method);
		}
		try {
			return AopUtils.selectInvocableMethod(method, bean.getClass());
		}
		catch (IllegalStateException ex) {
			return Arrays.stream(ClassUtils.getAllInterfaces(bean))
				.flatMap((type) -> Arrays.stream(type.getMethods()))
				.filter((declared) -> implementsGenerically(method, declared))
				.findFirst()
				.orElseThrow(() -> InvalidEndpointException.of(method,
						"cannot be called: the bean is a JDK proxy, and none of its interfaces declares the method",
						"Declare the method in an interface, or let Spring proxy the class (spring.aop.proxy-target-class=true)."));
		}
	}

	/**
	 * The compiler writes a bridge method for a method that fills in a type variable of
	 * its interface.
	 */
	private static boolean implementsGenerically(Method method, Method declared) {
		Method bridge = ReflectionUtils.findMethod(method.getDeclaringClass(), declared.getName(),
				declared.getParameterTypes());
		return bridge != null && bridge.isBridge() && BridgeMethodResolver.findBridgedMethod(bridge).equals(method);
	}

	private static void checkOverridable(Object proxy, Method method) {
		if (Modifier.isFinal(method.getModifiers())) {
			throw InvalidEndpointException.of(method, "is final, so it would run on the proxy and not on the bean",
					"Remove final from the method, or what makes Spring proxy the bean.");
		}
		boolean packagePrivate = (method.getModifiers() & VISIBILITY) == 0;
		if (packagePrivate && !isSamePackage(proxy.getClass(), method.getDeclaringClass())) {
			throw InvalidEndpointException.of(method,
					"is package-private in another package than " + ClassUtils.getUserClass(proxy).getName()
							+ ", so it would run on the proxy and not on the bean",
					"Make the method protected or public, or remove what makes Spring proxy the bean.");
		}
	}

	/** Packages of two class loaders are two packages (JVMS §5.3). */
	private static boolean isSamePackage(Class<?> type, Class<?> other) {
		return type.getClassLoader() == other.getClassLoader() && type.getPackageName().equals(other.getPackageName());
	}

}
