package io.wsboot.spring.endpoint;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

import org.springframework.aop.support.AopUtils;

/**
 * The method to call on a bean that may be a proxy of the class that declares it.
 */
final class InvocableMethod {

	private InvocableMethod() {
	}

	static Method of(Object bean, Method method) {
		if (AopUtils.isCglibProxy(bean) && Modifier.isFinal(method.getModifiers())) {
			throw InvalidEndpointException.of(method, "is final, so it would run on the proxy and not on the bean",
					"Remove final from the method, or what makes Spring proxy the bean.");
		}
		try {
			return AopUtils.selectInvocableMethod(method, bean.getClass());
		}
		catch (IllegalStateException ex) {
			throw InvalidEndpointException.of(method,
					"cannot be called: the bean is a JDK proxy, and none of its interfaces declares the method",
					"Declare the method in an interface, or let Spring proxy the class (spring.aop.proxy-target-class=true).");
		}
	}

}
