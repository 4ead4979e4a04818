package io.wsboot.spring.websocket;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.ReflectionHintsPredicates;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

import static org.assertj.core.api.Assertions.assertThat;

class SpringWebSocketHintsTests {

	private static final ReflectionHintsPredicates REFLECTION = RuntimeHintsPredicates.reflection();

	private final RuntimeHints hints = new RuntimeHints();

	@BeforeEach
	void register() {
		new SpringWebSocketHints().registerHints(this.hints, getClass().getClassLoader());
	}

	@Test
	void everyHookIsCalled() throws Exception {
		List<Method> found = new ArrayList<>();
		for (Field field : EngineHandshakeHandler.class.getDeclaredFields()) {
			if (field.getType() == Method.class) {
				field.setAccessible(true);
				found.add((Method) field.get(null));
			}
		}
		assertThat(found).hasSizeGreaterThan(5)
			.allSatisfy((method) -> assertThat(REFLECTION.onMethodInvocation(method)).accepts(this.hints));
	}

	@Test
	void theTransportsOfSockJsAreReplaced() {
		assertThat(REFLECTION.onFieldAccess(SockJsTransports.HANDLERS)).accepts(this.hints);
	}

}
