package io.wsboot.spring.endpoint;

import java.lang.reflect.Proxy;
import java.util.function.Supplier;

import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.endpoint.method.InvalidEndpointException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/**
 * The beans whose class is annotated with {@link WsEndpoint}, seen through the proxies
 * that Spring puts before beans. Only endpoints are created; every other bean is just
 * asked for its type.
 *
 * @param beanFactory the bean factory of one context
 */
record EndpointBeans(ConfigurableListableBeanFactory beanFactory) {

	private static final Log logger = LogFactory.getLog(EndpointBeans.class);

	void forEach(Visitor visitor) {
		for (String name : this.beanFactory.getBeanNamesForType(Object.class, true, false)) {
			if (!ScopedProxyUtils.isScopedTarget(name)) {
				Class<?> type = userClass(name);
				if (type != null && AnnotationUtils.isCandidateClass(type, WsEndpoint.class)) {
					visit(name, type, visitor);
				}
				if (logger.isDebugEnabled() && type != null && type.isInterface() && isAsleep(name)) {
					logger.debug("Lazy bean '" + name + "' is declared as " + type.getName()
							+ ": if its class is annotated with @WsEndpoint, it is not served."
							+ " Declare the class as the return type of its @Bean method.");
				}
			}
		}
	}

	private boolean isAsleep(String name) {
		return this.beanFactory.containsBeanDefinition(name)
				&& this.beanFactory.getMergedBeanDefinition(name).isLazyInit()
				&& !this.beanFactory.containsSingleton(name);
	}

	private void visit(String name, Class<?> type, Visitor visitor) {
		WsEndpoint annotation = AnnotatedElementUtils.findMergedAnnotation(type, WsEndpoint.class);
		if (annotation != null) {
			if (this.beanFactory.isPrototype(name)) {
				throw InvalidEndpointException.of(type,
						"is a bean of scope prototype, but one bean serves all sessions",
						"Remove the scope, and keep what belongs to a session in a SessionAttribute.");
			}
			visitor.visit(type, annotation, () -> this.beanFactory.getBean(name));
		}
	}

	private @Nullable Class<?> userClass(String name) {
		Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory, name);
		if (type != null && ScopedObject.class.isAssignableFrom(type)) {
			Class<?> target = AutoProxyUtils.determineTargetClass(this.beanFactory,
					ScopedProxyUtils.getTargetBeanName(name));
			type = (target != null) ? target : type;
		}
		if (type != null && Proxy.isProxyClass(type) && this.beanFactory.containsSingleton(name)) {
			type = AopProxyUtils.ultimateTargetClass(this.beanFactory.getBean(name));
		}
		return (type != null) ? ClassUtils.getUserClass(type) : null;
	}

	/** Takes one endpoint bean. */
	@FunctionalInterface
	interface Visitor {

		/**
		 * Takes one endpoint bean.
		 * @param type the class as its author wrote it, without proxies
		 * @param annotation the annotation, its aliases resolved
		 * @param bean returns the bean, and creates the bean first if need be
		 */
		void visit(Class<?> type, WsEndpoint annotation, Supplier<Object> bean);

	}

}
