package io.wsboot.architecture;

import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KnotsTest {

	@Test
	void knotsAreFound() {
		assertThat(Knots
			.of(Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of("d"), "d", Set.of("a"), "e", Set.of("a"))))
			.as("ring of four")
			.containsExactly(Set.of("a", "b", "c", "d"));
		assertThat(Knots.of(Map.of("a", Set.of("b", "d"), "b", Set.of("a", "c"), "c", Set.of("b"), "d", Set.of("a"))))
			.as("pairs that share a class")
			.containsExactly(Set.of("a", "b", "c", "d"));
		assertThat(Knots.of(Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of("a"), "d", Set.of("a"))))
			.as("triangle")
			.isEmpty();
		assertThat(Knots.of(Map.of("a", Set.of("b", "c", "d"), "b", Set.of("d"), "c", Set.of("d"), "d", Set.of())))
			.as("no circle")
			.isEmpty();
	}

	@Test
	void referencesAreReadFromClassFiles() {
		JavaClasses ring = new ClassFileImporter().importClasses(North.class, East.class, South.class, West.class);
		assertThat(Knots.of(Knots.references(ring, UnaryOperator.identity())))
			.containsExactly(Stream.of(North.class, East.class, South.class, West.class)
				.map(Class::getName)
				.collect(Collectors.toSet()));
		assertThat(Knots.references(ring, Knots::topLevel)).containsExactly(Map.entry(getClass().getName(), Set.of()));
	}

	private static final class North {

		@Nullable East next;

	}

	private static final class East {

		South[] next = {};

	}

	private static final class South {

		Object next() {
			return new West();
		}

	}

	private static final class West {

		boolean isNext(Object other) {
			return other instanceof North;
		}

	}

}
