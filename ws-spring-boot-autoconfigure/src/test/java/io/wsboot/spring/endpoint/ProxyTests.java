package io.wsboot.spring.endpoint;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.Message;
import io.wsboot.WsHandler;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.endpoint.library.Counter;
import io.wsboot.spring.endpoint.library.ProtectedCounter;
import io.wsboot.spring.endpoint.method.InvalidEndpointException;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.ProxyFactoryBean;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.target.SingletonTargetSource;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;
import org.springframework.validation.beanvalidation.MethodValidationPostProcessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Callbacks run on the bean, never on the proxy before it, whose fields are empty; or the
 * application does not start.
 */
class ProxyTests {

	private final RecordingSession session = new RecordingSession();

	private List<Message> say(WsHandler handler, String... texts) throws Exception {
		for (String text : texts) {
			handler.onText(this.session, text);
		}
		return this.session.sent;
	}

	private static WsHandler handlerOf(Class<?>... beans) {
		return Endpoints.only(Endpoints.in(Endpoints.JSON, contextOf(beans))).handler();
	}

	private static AnnotationConfigApplicationContext contextOf(Class<?>... beans) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.register(Proxying.class);
		context.register(beans);
		context.refresh();
		return context;
	}

	@ParameterizedTest
	@ValueSource(classes = { Plain.class, Overriding.class, Protected.class, SamePackage.class, DefaultMethod.class,
			GenericInterface.class, Scoped.class, ScopedAndAsync.class, ByFactoryBean.class, JdkProxy.class,
			ProxyBehindAJdkProxy.class, ByProxyFactoryBean.class })
	void worksOnTheBean(Class<?> endpoint) throws Exception {
		assertThat(say(handlerOf(endpoint), "a", "b")).containsExactly(Message.text("a #1"), Message.text("b #2"));
	}

	@Test
	void theseAreProxies() {
		for (Class<?> endpoint : List.of(Overriding.class, Protected.class, SamePackage.class, DefaultMethod.class,
				GenericInterface.class, Scoped.class, ScopedAndAsync.class)) {
			try (AnnotationConfigApplicationContext context = contextOf(endpoint)) {
				assertThat(context.getBeansOfType(endpoint).values()).as(endpoint.getName())
					.anyMatch(AopUtils::isCglibProxy);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { PackagePrivateElsewhere.class, ScopedElsewhere.class, ValidatedElsewhere.class,
			ProxyOfAProxyElsewhere.class })
	void whatAProxyCannotOverrideStopsTheStart(Class<?> endpoint) {
		assertThatExceptionOfType(InvalidEndpointException.class).isThrownBy(() -> handlerOf(endpoint))
			.withMessage("Endpoint method " + Counter.class.getName() + ".counted(String) is package-private in "
					+ "another package than " + className(endpoint)
					+ ", so it would run on the proxy and not on the bean.")
			.satisfies((ex) -> assertThat(ex.advice()).contains("protected or public"));
	}

	private static String className(Class<?> endpoint) {
		return ((endpoint == ProxyOfAProxyElsewhere.class) ? PackagePrivateElsewhere.class : endpoint).getName();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync(proxyTargetClass = true)
	static class Proxying {

		@Bean
		static CustomScopeConfigurer scopes() {
			CustomScopeConfigurer configurer = new CustomScopeConfigurer();
			configurer.setScopes(Map.of("thread", new SimpleThreadScope()));
			return configurer;
		}

		@Bean
		static MethodValidationPostProcessor methodValidation() {
			MethodValidationPostProcessor processor = new MethodValidationPostProcessor();
			processor.setProxyTargetClass(true);
			return processor;
		}

		@Bean
		LocalValidatorFactoryBean validator() {
			return new LocalValidatorFactoryBean();
		}

	}

	@WsEndpoint("/")
	static class Plain extends Counter {

	}

	@WsEndpoint("/")
	static class PackagePrivateElsewhere extends Counter {

		@Async
		public void audit() {
		}

	}

	@WsEndpoint("/")
	@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
	static class ScopedElsewhere extends Counter {

	}

	@WsEndpoint("/")
	@Validated
	static class ValidatedElsewhere extends Counter {

		public void named(@Size(max = 3) String name) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ProxyOfAProxyElsewhere {

		@Bean
		PackagePrivateElsewhere proxied() {
			ProxyFactory inner = new ProxyFactory(new PackagePrivateElsewhere());
			inner.setProxyTargetClass(true);
			ProxyFactory outer = new ProxyFactory(inner.getProxy());
			outer.setProxyTargetClass(true);
			return (PackagePrivateElsewhere) outer.getProxy();
		}

	}

	@WsEndpoint("/")
	static class Overriding extends ProtectedCounter<String> {

		@Async
		public void audit() {
		}

		@Override
		@OnMessage
		protected String counted(String value) {
			return super.counted(value);
		}

	}

	@WsEndpoint("/")
	static class Protected extends ProtectedCounter<String> {

		@Async
		public void audit() {
		}

	}

	@WsEndpoint("/")
	static class SamePackage {

		private final AtomicInteger count = new AtomicInteger();

		@Async
		public void audit() {
		}

		@OnMessage
		String counted(String text) {
			return text + " #" + this.count.incrementAndGet();
		}

	}

	interface Counts {

		int next();

		@OnMessage
		default String counted(String text) {
			return text + " #" + next();
		}

	}

	@WsEndpoint("/")
	static class DefaultMethod implements Counts {

		private final AtomicInteger count = new AtomicInteger();

		@Async
		public void audit() {
		}

		@Override
		public int next() {
			return this.count.incrementAndGet();
		}

	}

	interface Takes<T> {

		@OnMessage
		Object taken(T value);

	}

	@WsEndpoint("/")
	static class GenericInterface implements Takes<String> {

		private final AtomicInteger count = new AtomicInteger();

		@Async
		public void audit() {
		}

		@Override
		public String taken(String text) {
			return text + " #" + this.count.incrementAndGet();
		}

	}

	/** The interface does not say that there is an endpoint behind it. */
	@Configuration(proxyBeanMethods = false)
	static class JdkProxy {

		@Bean
		@SuppressWarnings("unchecked")
		Takes<String> proxied() {
			return (Takes<String>) new ProxyFactory(Takes.class, new SingletonTargetSource(new GenericInterface()))
				.getProxy();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ProxyBehindAJdkProxy {

		@Bean
		Counts proxied() {
			ProxyFactory inner = new ProxyFactory(new DefaultMethod());
			inner.setProxyTargetClass(true);
			return (Counts) new ProxyFactory(Counts.class, new SingletonTargetSource(inner.getProxy())).getProxy();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByProxyFactoryBean {

		@Bean
		ProxyFactoryBean proxied() {
			ProxyFactoryBean factory = new ProxyFactoryBean();
			factory.setInterfaces(Counts.class);
			factory.setTarget(new DefaultMethod());
			return factory;
		}

	}

	@WsEndpoint("/")
	@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
	static class Scoped extends ProtectedCounter<String> {

	}

	@WsEndpoint("/")
	@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
	static class ScopedAndAsync extends ProtectedCounter<String> {

		@Async
		public void audit() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByFactoryBean {

		@Bean
		@Lazy
		FactoryBean<Protected> endpoint() {
			return new FactoryBean<>() {

				@Override
				public Protected getObject() {
					return new Protected();
				}

				@Override
				public Class<?> getObjectType() {
					return Protected.class;
				}

			};
		}

	}

}
