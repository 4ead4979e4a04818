package io.wsboot.spring.endpoint;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.function.Consumer;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.Message;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.PathParam;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.endpoint.method.InvalidEndpointException;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.config.BeanDefinitionHolder;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Which beans are endpoints, and as what they are called. */
class DiscoveryTests {

	private static final AtomicInteger intercepted = new AtomicInteger();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@BeforeEach
	void forget() {
		intercepted.set(0);
	}

	private List<EndpointRegistration> endpoints(Class<?>... beans) {
		if (beans.length > 0) {
			this.context.register(beans);
		}
		this.context.refresh();
		return Endpoints.in(Endpoints.JSON, this.context);
	}

	private static List<Message> say(EndpointRegistration endpoint, String text) throws Exception {
		RecordingSession session = new RecordingSession();
		endpoint.handler().onText(session, text);
		return session.sent;
	}

	@Nested
	class Annotations {

		@Test
		void pathExecutionAndSubprotocols() {
			EndpointRegistration endpoint = Endpoints.only(endpoints(Full.class));
			assertThat(endpoint.path()).isEqualTo("/full");
			assertThat(endpoint.options()).isEqualTo(EndpointOptions.DEFAULTS.withExecution(Execution.EVENT_LOOP)
				.withSubprotocols("v2.chat", "v1.chat")
				.withHandshakeExecution(Execution.EVENT_LOOP));
		}

		@Test
		void byDefaultAsTheServerSays() {
			assertThat(Endpoints.only(endpoints(Plain.class)).options())
				.isEqualTo(EndpointOptions.DEFAULTS.withHandshakeExecution(Execution.EVENT_LOOP));
		}

		@Test
		void placeholdersInPaths() {
			DiscoveryTests.this.context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("test", java.util.Map.of("chat.path", "rooms")));
			assertThat(Endpoints.only(endpoints(Placeholder.class)).path()).isEqualTo("/rooms/{room}/dflt");
		}

		@Test
		void composedAnnotations() throws Exception {
			EndpointRegistration endpoint = Endpoints.only(endpoints(Composed.class));
			assertThat(endpoint.path()).isEqualTo("/composed");
			assertThat(endpoint.options().execution()).isEqualTo(Execution.EVENT_LOOP);
			assertThat(say(endpoint, "a")).containsExactly(Message.text("composed a"));
		}

		@Test
		void beanMethodsThatReturnAnInterface() throws Exception {
			assertThat(say(Endpoints.only(endpoints(FactoryMethod.class)), "a"))
				.containsExactly(Message.text("plain a"));
		}

		@Test
		void otherBeansAreNoEndpoints() {
			assertThat(endpoints(NoEndpoint.class)).isEmpty();
		}

		@Test
		void severalInTheOrderOfTheirBeans() {
			assertThat(endpoints(Plain.class, Full.class)).extracting(EndpointRegistration::path)
				.containsExactly("/plain", "/full");
		}

	}

	@Nested
	class Proxies {

		@Test
		void cglib() throws Exception {
			proxy("discoveryTests.Plain", true);
			EndpointRegistration endpoint = Endpoints.only(endpoints(Plain.class));
			assertThat(AopUtils.isCglibProxy(bean("discoveryTests.Plain"))).isTrue();
			assertThat(say(endpoint, "a")).containsExactly(Message.text("plain a"));
			assertThat(intercepted).hasValue(1);
		}

		@Test
		void jdk() throws Exception {
			proxy("discoveryTests.WithInterface", false);
			EndpointRegistration endpoint = Endpoints.only(endpoints(WithInterface.class));
			assertThat(AopUtils.isJdkDynamicProxy(bean("discoveryTests.WithInterface"))).isTrue();
			RecordingSession session = Endpoints.open(endpoint.handler(),
					Endpoints.request(null, java.util.Map.of("room", "java")));
			endpoint.handler().onText(session, "a");
			assertThat(session.sent).containsExactly(Message.text("java a"));
			assertThat(intercepted).hasValue(1);
		}

		@Test
		void jdkWithoutTheMethodInAnInterface() {
			proxy("discoveryTests.Hidden", false);
			assertThatExceptionOfType(InvalidEndpointException.class).isThrownBy(() -> endpoints(Hidden.class))
				.withMessageContaining("Hidden.on(String) cannot be called: the bean is a JDK proxy")
				.satisfies((ex) -> assertThat(ex.advice()).contains("Declare the method in an interface"));
		}

		@Test
		void cglibBeforeAFinalMethod() {
			proxy("discoveryTests.FinalMethod", true);
			assertThatExceptionOfType(InvalidEndpointException.class).isThrownBy(() -> endpoints(FinalMethod.class))
				.withMessageContaining("FinalMethod.on(String) is final");
		}

		@Test
		void scoped() throws Exception {
			BeanDefinitionHolder target = new BeanDefinitionHolder(
					BeanDefinitionBuilder.genericBeanDefinition(Counting.class)
						.setScope("prototype")
						.getBeanDefinition(),
					"counting");
			DiscoveryTests.this.context.registerBeanDefinition("counting",
					ScopedProxyUtils.createScopedProxy(target, DiscoveryTests.this.context, true).getBeanDefinition());
			EndpointRegistration endpoint = Endpoints.only(endpoints());
			int before = Counting.created.get();
			assertThat(say(endpoint, "a")).hasSize(1);
			assertThat(say(endpoint, "a")).hasSize(1);
			assertThat(Counting.created.get() - before).isEqualTo(2);
		}

		private Object bean(String name) {
			return DiscoveryTests.this.context.getBean(name);
		}

		private void proxy(String beanName, boolean targetClass) {
			DiscoveryTests.this.context.registerBean("counter", MethodInterceptor.class, () -> (invocation) -> {
				intercepted.incrementAndGet();
				return invocation.proceed();
			});
			DiscoveryTests.this.context.registerBean(BeanNameAutoProxyCreator.class, () -> {
				BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
				creator.setBeanNames(beanName);
				creator.setInterceptorNames("counter");
				creator.setProxyTargetClass(targetClass);
				return creator;
			});
		}

	}

	@Nested
	class Laziness {

		@Test
		void lazyEndpointsAreServed() throws Exception {
			assertThat(say(Endpoints.only(endpoints(LazyEndpoint.class)), "a")).containsExactly(Message.text("lazy a"));
		}

		/** As only the type of its method is known, which says nothing of an endpoint. */
		@Test
		void aLazyBeanThatHidesItsClassIsToldOf() {
			Logger logger = (Logger) LoggerFactory.getLogger(EndpointBeans.class);
			ListAppender<ILoggingEvent> lines = new ListAppender<>();
			lines.start();
			logger.addAppender(lines);
			logger.setLevel(Level.DEBUG);
			try {
				assertThat(endpoints(LazyFactoryMethod.class)).isEmpty();
				assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage)
					.singleElement()
					.asString()
					.startsWith("Lazy bean 'some' is declared as " + Consumer.class.getName())
					.contains("Declare the class as the return type of its @Bean method");
			}
			finally {
				logger.setLevel(null);
				logger.detachAppender(lines);
			}
		}

		@Test
		void otherLazyBeansStayAsleep() {
			endpoints(Plain.class, LazyOther.class);
			assertThat(DiscoveryTests.this.context.getBeanFactory().containsSingleton("discoveryTests.LazyOther"))
				.isFalse();
		}

	}

	@WsEndpoint(path = "/full", execution = Execution.EVENT_LOOP, subprotocols = { "v2.chat", "v1.chat" })
	static class Full {

		@OnMessage
		void on(String text) {
		}

	}

	@WsEndpoint("/plain")
	static class Plain implements Consumer<String> {

		@OnMessage
		String on(String text) {
			return "plain " + text;
		}

		@Override
		public void accept(String text) {
		}

	}

	@WsEndpoint("/${chat.path}/{room}/${chat.suffix:dflt}")
	static class Placeholder {

		@OnMessage
		void on(String text) {
		}

	}

	@WsEndpoint(execution = Execution.EVENT_LOOP)
	@Retention(RetentionPolicy.RUNTIME)
	@interface FastEndpoint {

		@AliasFor(annotation = WsEndpoint.class, attribute = "path")
		String value();

	}

	@OnMessage
	@Retention(RetentionPolicy.RUNTIME)
	@interface OnLine {

	}

	@FastEndpoint("/composed")
	static class Composed {

		@OnLine
		String on(String text) {
			return "composed " + text;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FactoryMethod {

		@Bean
		Consumer<String> some() {
			return new Plain();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyFactoryMethod {

		@Bean
		@Lazy
		Consumer<String> some() {
			return new Plain();
		}

	}

	static class NoEndpoint {

		@OnMessage
		void on(String text) {
		}

	}

	interface Line {

		String said(@PathParam("room") String room, String text);

	}

	@WsEndpoint("/lines/{room}")
	static class WithInterface implements Line {

		@Override
		@OnMessage
		public String said(String room, String text) {
			return room + " " + text;
		}

	}

	@WsEndpoint("/hidden")
	static class Hidden implements Consumer<String> {

		@OnMessage
		void on(String text) {
		}

		@Override
		public void accept(String text) {
		}

	}

	@WsEndpoint("/final")
	static class FinalMethod {

		@OnMessage
		final void on(String text) {
		}

	}

	@WsEndpoint("/counting")
	static class Counting {

		static final AtomicInteger created = new AtomicInteger();

		Counting() {
			created.incrementAndGet();
		}

		@OnMessage
		String on(String text) {
			return text;
		}

	}

	@Lazy
	@WsEndpoint("/lazy")
	static class LazyEndpoint {

		@OnMessage
		String on(String text) {
			return "lazy " + text;
		}

	}

	@Lazy
	static class LazyOther {

	}

}
