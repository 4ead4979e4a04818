package io.wsboot.spring.test;

import java.lang.annotation.Annotation;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.util.ClassUtils;

/**
 * Gives the server of a {@code @SpringBootTest} a free port, as several contexts may be
 * alive at the same time. A test with {@code WebEnvironment.DEFINED_PORT} keeps the
 * application's port.
 */
class RandomPortContextCustomizerFactory implements ContextCustomizerFactory {

	/** By name, as a test may run without Spring Boot's part of the test framework. */
	private static final String SPRING_BOOT_TEST = "org.springframework.boot.test.context.SpringBootTest";

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		ClassLoader classLoader = testClass.getClassLoader();
		if (!ClassUtils.isPresent(SPRING_BOOT_TEST, classLoader)) {
			return null;
		}
		Annotation test = TestContextAnnotationUtils.findMergedAnnotation(testClass,
				ClassUtils.resolveClassName(SPRING_BOOT_TEST, classLoader).asSubclass(Annotation.class));
		return (test != null && !hasDefinedPort(test)) ? new RandomPortContextCustomizer() : null;
	}

	private static boolean hasDefinedPort(Annotation test) {
		return String.valueOf(AnnotationUtils.getValue(test, "webEnvironment")).equals("DEFINED_PORT");
	}

}
