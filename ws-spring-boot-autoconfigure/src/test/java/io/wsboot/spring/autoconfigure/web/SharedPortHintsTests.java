package io.wsboot.spring.autoconfigure.web;

import io.wsboot.spring.tomcat.UpgradedConnection;
import org.junit.jupiter.api.Test;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.ReflectionHintsPredicates;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/** What the ahead-of-time processing of whole applications registers. */
class SharedPortHintsTests {

	private static final ReflectionHintsPredicates REFLECTION = RuntimeHintsPredicates.reflection();

	private static RuntimeHints hints(GenericApplicationContext context, String... properties) {
		GenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(SharedPortHintsTests.class)), new InMemoryGeneratedFiles());
		TestPropertyValues.of(properties).applyTo(context);
		new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		context.close();
		return generation.getRuntimeHints();
	}

	@Test
	void ofServletContainersAndSpringsOwnApi() {
		AnnotationConfigServletWebServerApplicationContext context = new AnnotationConfigServletWebServerApplicationContext();
		context.register(SharedApp.App.class);
		RuntimeHints hints = hints(context, SharedApp.WITHOUT_JETTY);
		assertThat(REFLECTION.onType(UpgradedConnection.class)).accepts(hints);
		assertThat(REFLECTION
			.onType(TypeReference.of("org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory")))
			.accepts(hints);
		assertThat(REFLECTION
			.onType(TypeReference.of("org.springframework.web.socket.server.support.AbstractHandshakeHandler")))
			.accepts(hints);
	}

	@Test
	void ofReactorNetty() {
		AnnotationConfigReactiveWebServerApplicationContext context = new AnnotationConfigReactiveWebServerApplicationContext();
		context.register(SharedApp.App.class);
		RuntimeHints hints = hints(context, SharedApp.WITHOUT_SERVLETS);
		assertThat(REFLECTION.onType(TypeReference.of("io.wsboot.spring.reactor.NettyWire"))).accepts(hints);
	}

}
