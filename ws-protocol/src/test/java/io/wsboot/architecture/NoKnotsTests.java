package io.wsboot.architecture;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A class can be understood without reading a dozen others: no more than three classes
 * refer to each other in a circle, be it directly or through each other. Nested classes
 * count as the class that they are written in.
 */
class NoKnotsTests {

	private static final int MOST = 3;

	/** Knots that stay, each with the reason. */
	private static final Map<Set<String>, String> EXCEPTIONS = Map.of(
			Set.of("io.wsboot.Headers", "io.wsboot.CommonFields", "io.wsboot.FieldBytes", "io.wsboot.FieldBytesWriter",
					"io.wsboot.FieldLines"),
			"the packed form of Headers reads and writes Headers.Field, a type that users see nested there");

	@Test
	void mainClassesFormNoKnots() {
		assertThat(knots(references(MainClasses.ALL, NoKnotsTests::topLevel))).isEqualTo(EXCEPTIONS.keySet());
	}

	@Test
	void knotsAreFound() {
		assertThat(
				knots(Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of("d"), "d", Set.of("a"), "e", Set.of("a"))))
			.as("ring of four")
			.containsExactly(Set.of("a", "b", "c", "d"));
		assertThat(knots(Map.of("a", Set.of("b", "d"), "b", Set.of("a", "c"), "c", Set.of("b"), "d", Set.of("a"))))
			.as("pairs that share a class")
			.containsExactly(Set.of("a", "b", "c", "d"));
		assertThat(knots(Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of("a"), "d", Set.of("a")))).as("triangle")
			.isEmpty();
		assertThat(knots(Map.of("a", Set.of("b", "c", "d"), "b", Set.of("d"), "c", Set.of("d"), "d", Set.of())))
			.as("no circle")
			.isEmpty();
	}

	@Test
	void referencesAreReadFromClassFiles() {
		JavaClasses ring = new ClassFileImporter().importClasses(North.class, East.class, South.class, West.class);
		assertThat(knots(references(ring, UnaryOperator.identity())))
			.containsExactly(Stream.of(North.class, East.class, South.class, West.class)
				.map(Class::getName)
				.collect(Collectors.toSet()));
		assertThat(references(ring, NoKnotsTests::topLevel)).containsExactly(Map.entry(getClass().getName(), Set.of()));
	}

	/** Top-level class by top-level class, the others that each refers to. */
	private static Map<String, Set<String>> references(JavaClasses classes, UnaryOperator<String> topLevel) {
		Map<String, Set<String>> references = new TreeMap<>();
		for (JavaClass type : classes) {
			String name = topLevel.apply(type.getName());
			Set<String> others = references.computeIfAbsent(name, (key) -> new TreeSet<>());
			type.getDirectDependenciesFromSelf()
				.stream()
				.map((dependency) -> dependency.getTargetClass().getBaseComponentType())
				.filter((target) -> classes.contain(target.getName()))
				.map((target) -> topLevel.apply(target.getName()))
				.filter((target) -> !target.equals(name))
				.forEach(others::add);
		}
		return references;
	}

	private static String topLevel(String type) {
		return type.split("\\$", 2)[0];
	}

	/** The strongly connected components that are too big. */
	private static Set<Set<String>> knots(Map<String, Set<String>> references) {
		Map<String, Set<String>> reachable = new TreeMap<>();
		references.keySet().forEach((type) -> reachable.put(type, reachableFrom(type, references)));
		return reachable.keySet()
			.stream()
			.map((type) -> reachable.get(type)
				.stream()
				.filter((other) -> reachable.get(other).contains(type))
				.collect(Collectors.toSet()))
			.filter((component) -> component.size() > MOST)
			.collect(Collectors.toSet());
	}

	private static Set<String> reachableFrom(String type, Map<String, Set<String>> references) {
		Set<String> found = new TreeSet<>();
		Deque<String> next = new ArrayDeque<>(references.get(type));
		while (!next.isEmpty()) {
			String other = next.pop();
			if (found.add(other)) {
				next.addAll(references.get(other));
			}
		}
		return found;
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
