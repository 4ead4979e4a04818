package io.wsboot.spring.architecture;

import java.util.Map;
import java.util.Set;

import io.wsboot.architecture.Knots;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A class can be understood without reading a dozen others: no more than three classes
 * refer to each other in a circle.
 */
class NoKnotsTests {

	/** Knots that stay, each with the reason. */
	private static final Map<Set<String>, String> EXCEPTIONS = Map.of();

	@Test
	void mainClassesFormNoKnots() {
		assertThat(Knots.in(MainClasses.ALL)).isEqualTo(EXCEPTIONS.keySet());
	}

}
