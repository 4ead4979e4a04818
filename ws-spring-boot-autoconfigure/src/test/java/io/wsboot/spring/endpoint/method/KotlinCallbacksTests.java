package io.wsboot.spring.endpoint.method;

import java.lang.reflect.Method;
import java.util.Arrays;

import io.wsboot.spring.endpoint.KotlinDefaults;
import io.wsboot.spring.endpoint.KotlinUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KotlinCallbacksTests {

	@Test
	void withoutKotlinReflectDefaultArgumentsStopTheStart() {
		assertThatExceptionOfType(InvalidEndpointException.class)
			.isThrownBy(() -> KotlinCallbacks.function(method(KotlinDefaults.class, "said"), false))
			.withMessageContaining("has default arguments, which only kotlin-reflect knows")
			.satisfies((ex) -> assertThat(ex.advice()).contains("Add org.jetbrains.kotlin:kotlin-reflect"));
		assertThat(KotlinCallbacks.function(method(KotlinUnit.class, "said"), false)).isNull();
	}

	private static Method method(Class<?> type, String name) {
		return Arrays.stream(type.getMethods())
			.filter((method) -> method.getName().equals(name))
			.findFirst()
			.orElseThrow();
	}

}
