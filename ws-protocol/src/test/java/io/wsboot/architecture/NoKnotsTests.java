package io.wsboot.architecture;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A class can be understood without reading a dozen others: no more than three classes
 * refer to each other in a circle.
 */
class NoKnotsTests {

	/** Knots that stay, each with the reason. */
	private static final Map<Set<String>, String> EXCEPTIONS = Map.of(
			Set.of("io.wsboot.Headers", "io.wsboot.CommonFields", "io.wsboot.FieldBytes", "io.wsboot.FieldBytesWriter",
					"io.wsboot.FieldLines"),
			"the packed form of Headers reads and writes Headers.Field, a type that users see nested there");

	@Test
	void mainClassesFormNoKnots() {
		assertThat(Knots.in(MainClasses.ALL)).isEqualTo(EXCEPTIONS.keySet());
	}

}
