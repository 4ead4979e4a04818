package io.wsboot.architecture;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;

/**
 * More than three classes that refer to each other in a circle, be it directly or through
 * each other. Nested classes count as the class that they are written in. The tests of
 * both modules use this class.
 */
public final class Knots {

	private static final int MOST = 3;

	private Knots() {
	}

	/** The knots among some classes. */
	public static Set<Set<String>> in(JavaClasses classes) {
		return of(references(classes, Knots::topLevel));
	}

	/** Top-level class by top-level class, the others that each refers to. */
	static Map<String, Set<String>> references(JavaClasses classes, UnaryOperator<String> topLevel) {
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

	static String topLevel(String type) {
		return type.split("\\$", 2)[0];
	}

	/** The strongly connected components that are too big. */
	static Set<Set<String>> of(Map<String, Set<String>> references) {
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

}
