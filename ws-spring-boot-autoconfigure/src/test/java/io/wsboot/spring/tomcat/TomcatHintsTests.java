package io.wsboot.spring.tomcat;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;

import io.wsboot.spring.tomcat.TomcatInternals.Required;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.ReflectionHintsPredicates;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

import static org.assertj.core.api.Assertions.assertThat;

class TomcatHintsTests {

	private static final ReflectionHintsPredicates REFLECTION = RuntimeHintsPredicates.reflection();

	private final RuntimeHints hints = new RuntimeHints();

	@BeforeEach
	void register() {
		new TomcatHints().registerHints(this.hints, null);
	}

	@Test
	void tomcatMakesWhatItUpgradesTo() throws Exception {
		assertThat(REFLECTION.onConstructorInvocation(UpgradedConnection.class.getConstructor())).accepts(this.hints);
	}

	static Stream<Required> everythingThatIsLookedUpIsThere() {
		return Stream.concat(TomcatInternals.forWire().stream(), TomcatInternals.forTakeOver().stream());
	}

	@ParameterizedTest
	@MethodSource
	void everythingThatIsLookedUpIsThere(Required required) {
		assertThat(REFLECTION.onType(required.type())).accepts(this.hints);
		assertThat(REFLECTION.onMethodInvocation(method(required))).accepts(this.hints);
	}

	/** The method that is found, whatever class has it. */
	private static Method method(Required required) {
		MethodType wanted = MethodType.methodType(required.result(), required.parameters());
		return Arrays.stream(required.type().getMethods())
			.filter((method) -> method.getName().equals(required.name()))
			.filter((method) -> MethodType.methodType(method.getReturnType(), method.getParameterTypes())
				.equals(wanted))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void theFieldIsRead() throws Exception {
		assertThat(REFLECTION.onFieldAccess(SecureNioChannel.class.getDeclaredField(TomcatInternals.SEALED)))
			.accepts(this.hints);
	}

}
