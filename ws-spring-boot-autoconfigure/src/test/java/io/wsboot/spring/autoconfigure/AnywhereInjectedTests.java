package io.wsboot.spring.autoconfigure;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.wsboot.Message;
import io.wsboot.PayloadConverter;
import io.wsboot.WsSession;
import io.wsboot.WsSessions;
import io.wsboot.server.spi.CallbackInterceptor;
import io.wsboot.server.spi.HandshakeInterceptor;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.spi.WsServerStats;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.context.WsHandlerRegistration;
import io.wsboot.spring.context.WsHandlerRegistry;
import io.wsboot.spring.endpoint.argument.CallbackArgumentResolver;
import io.wsboot.spring.endpoint.convert.WsMessageConverter;
import io.wsboot.spring.test.WsTestClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.module.SimpleModule;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Views of the server are injected into what the server is made with: each of these is
 * one that takes part in making it, or comes before it.
 */
@ExtendWith(OutputCaptureExtension.class)
class AnywhereInjectedTests {

	static Stream<Class<?>> beans() {
		return Stream.of(Resolver.class, Converter.class, OfAll.class, HandshakeInterceptors.class,
				CallbackInterceptors.class, Observers.class, JsonModules.class, Validators.class, Customizers.class,
				Pools.class, PostProcessors.class, Meters.class, Registrations.class, Endpoints.class);
	}

	@ParameterizedTest
	@MethodSource("beans")
	void startsAndSeesItsSessions(Class<?> bean, CapturedOutput output) {
		try (RunningApp app = RunningApp.start(List.of(Presence.class, Echo.class, bean));
				WsTestClient client = WsTestClient.connect(app.port(), "/echo")) {
			assertThat(client.send("hello").nextText()).isEqualTo("hello");
			Presence presence = app.context().getBean(Presence.class);
			assertThat(presence.sessions.count()).isEqualTo(1);
			assertThat(presence.stats.endpoints()).isNotEmpty();
			assertThat(presence.sessions.broadcast("to all")).isEqualTo(1);
			assertThat(client.nextText()).isEqualTo("to all");
		}
		assertThat(output.getAll()
			.lines()
			.filter((line) -> line.contains("is not eligible for getting processed by all BeanPostProcessors")))
			.noneMatch((line) -> line.contains("WsServerAutoConfiguration"));
	}

	@ParameterizedTest
	@MethodSource("beans")
	void startsWithoutAServer(Class<?> bean) {
		try (RunningApp app = RunningApp.start(List.of(Presence.class, Echo.class, bean),
				"--ws.server.enabled=false")) {
			Presence presence = app.context().getBean(Presence.class);
			assertThat(presence.sessions.count()).isZero();
			assertThat(presence.sessions.at("/echo").broadcast("to nobody")).isZero();
			assertThat(presence.sessions.convertAndBroadcast(new Object())).isZero();
			assertThat(presence.sessions.find("00000000000000000000000000000000")).isEmpty();
			assertThat(presence.stats.endpoints()).isEmpty();
			assertThat(presence.stats.loops()).isZero();
			assertThat(app.context().getEnvironment().getProperty("local.ws.port")).isNull();
		}
	}

	@Test
	void withoutAServerNothingThatIsSetCounts() {
		try (RunningApp app = RunningApp.start(List.of(Presence.class), "--ws.server.enabled=false",
				"--ws.server.port=-1", "--ws.server.ssl.bundle=none")) {
			assertThat(app.context().isRunning()).isTrue();
		}
	}

	static class Presence {

		private final WsSessions sessions;

		private final WsServerStats stats;

		Presence(WsSessions sessions, WsServerStats stats, WsHandlerRegistry registry) {
			this.sessions = sessions;
			this.stats = stats;
		}

	}

	record Badge(String text) {
	}

	@WsEndpoint("/echo")
	static class Echo {

		@OnMessage
		String echo(String text) {
			return text;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Resolver {

		@Bean
		CallbackArgumentResolver badges(Presence presence) {
			return new CallbackArgumentResolver() {

				@Override
				public boolean supportsParameter(MethodParameter parameter) {
					return parameter.getParameterType() == Badge.class;
				}

				@Override
				public Object resolveArgument(MethodParameter parameter, WsSession session) {
					return new Badge("sessions: " + presence.sessions.count());
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Converter {

		@Bean
		WsMessageConverter badgeConverter(Presence presence) {
			return new WsMessageConverter() {

				@Override
				public boolean supports(ResolvableType type) {
					return type.resolve() == Badge.class;
				}

				@Override
				public boolean isBinary() {
					return false;
				}

				@Override
				public Object read(Message message, ResolvableType type) {
					return new Badge("read");
				}

				@Override
				public Message write(Object payload) {
					return Message.text(((Badge) payload).text());
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OfAll {

		@Bean
		PayloadConverter converter(Presence presence) {
			return (payload) -> Message.text(String.valueOf(payload));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HandshakeInterceptors {

		@Bean
		HandshakeInterceptor interceptor(Presence presence) {
			return (request, next) -> next.proceed(request);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CallbackInterceptors {

		@Bean
		CallbackInterceptor interceptor(Presence presence) {
			return (session, callback, argument, next) -> next.proceed(session, callback, argument);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Observers {

		@Bean
		WsServerObserver observer(Presence presence) {
			return new WsServerObserver() {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class JsonModules {

		@Bean
		JacksonModule module(Presence presence) {
			return new SimpleModule("presence");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Validators {

		@Bean
		Validator validator(Presence presence) {
			return new Validator() {

				@Override
				public boolean supports(Class<?> type) {
					return false;
				}

				@Override
				public void validate(Object target, Errors errors) {
					// supports nothing
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		WsServerOptionsCustomizer customizer(Presence presence) {
			return (options) -> options.backlog(9);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Pools {

		@Bean(defaultCandidate = false, destroyMethod = "shutdown")
		Executor wsServerExecutor(Presence presence) {
			return Executors.newCachedThreadPool();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PostProcessors {

		@Bean
		static BeanPostProcessor postProcessor(WsSessions sessions, WsServerStats stats) {
			return new BeanPostProcessor() {

				@Override
				public @Nullable Object postProcessAfterInitialization(Object bean, String name) {
					assertThat(sessions.count()).isZero();
					assertThat(stats.loops()).isZero();
					return bean;
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Meters {

		@Bean
		MeterBinder binder(Presence presence) {
			return (registry) -> registry.gauge("presence", presence.sessions, WsSessions::count);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Registrations {

		@Bean
		WsHandlerRegistration registration(Presence presence) {
			return new WsHandlerRegistration("/presence", new io.wsboot.WsHandler() {
			});
		}

	}

	@WsEndpoint("/presence")
	static class Endpoints {

		Endpoints(Presence presence) {
			assertThat(presence.sessions.count()).isZero();
		}

		@OnMessage
		String echo(String text) {
			return text;
		}

	}

}
