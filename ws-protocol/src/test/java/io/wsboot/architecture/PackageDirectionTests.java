package io.wsboot.architecture;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

class PackageDirectionTests {

	/** A newcomer can take in a room at a glance; what users see is one room. */
	private static final int MOST_FILES = 24;

	private static final int MOST_FILES_OF_API = 32;

	/** Each package below io.wsboot, and what it may import beside io.wsboot. */
	private static final Map<String, List<String>> MAY_IMPORT = Map.ofEntries(
	// @formatter:off
			entry("", ""),
			entry("frame", ""),
			entry("handshake", ""),
			entry("deflate", "frame"),
			entry("protocol.outgoing", "frame deflate"),
			entry("protocol", "frame handshake deflate protocol.outgoing"),
			entry("server.address", ""),
			entry("server.spi", ""),
			entry("server.loop", ""),
			entry("server.config", "server.spi server.address"),
			entry("server.admission", "handshake server.config server.loop server.spi server.address"),
			entry("server.transport", "server.config server.loop server.spi server.address"),
			entry("server.overload", "server.config server.loop server.spi"),
			entry("server.inbound", "server.overload server.config server.loop server.spi"),
			entry("server.endpoint",
					"protocol server.inbound server.admission server.config server.spi server.address"),
			entry("server.outbound",
					"protocol protocol.outgoing server.transport server.overload server.config server.loop server.spi"),
			entry("server.topic", "protocol.outgoing server.outbound server.config server.loop server.spi"),
			entry("server.session",
					"protocol protocol.outgoing server.topic server.outbound server.endpoint server.inbound "
							+ "server.overload server.admission server.config server.loop server.spi server.address"),
			entry("server.handshake",
					"protocol server.session server.endpoint server.inbound server.admission "
							+ "server.config server.loop server.spi server.address"),
			entry("server.connection",
					"protocol protocol.outgoing server.handshake server.session server.outbound server.endpoint "
							+ "server.inbound server.transport server.overload server.admission server.config "
							+ "server.loop server.spi server.address"),
			entry("server", "handshake protocol protocol.outgoing server.*"));
	// @formatter:on

	private static Map.Entry<String, List<String>> entry(String name, String mayImport) {
		List<String> allowed = Stream.concat(Stream.of("", name), Stream.of(mayImport.split(" ")))
			.distinct()
			.map(PackageDirectionTests::fullName)
			.toList();
		return Map.entry(fullName(name), allowed);
	}

	private static String fullName(String name) {
		return name.isEmpty() ? "io.wsboot" : "io.wsboot." + name;
	}

	@TestFactory
	Stream<DynamicTest> packageImportsOnlyWhatItMay() {
		return MAY_IMPORT.entrySet()
			.stream()
			.map((entry) -> DynamicTest.dynamicTest(entry.getKey(),
					() -> checkImports(entry.getKey(), entry.getValue())));
	}

	private void checkImports(String name, List<String> mayImport) {
		classes().that()
			.resideInAPackage(name)
			.should()
			.onlyDependOnClassesThat(
					not(resideInAPackage("io.wsboot..")).or(resideInAnyPackage(mayImport.toArray(String[]::new))))
			.allowEmptyShould(true)
			.check(MainClasses.ALL);
	}

	@Test
	void everyPackageIsInTheTable() {
		assertThat(MainClasses.ALL).isNotEmpty()
			.extracting(JavaClass::getPackageName)
			.allSatisfy((name) -> assertThat(MAY_IMPORT).containsKey(name));
	}

	@Test
	void noPackageHasTooManyFiles() {
		Map<String, Long> files = MainClasses.ALL.stream()
			.filter((type) -> !type.getName().contains("$"))
			.collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
		assertThat(files).hasSize(MAY_IMPORT.size())
			.allSatisfy((name, count) -> assertThat(count).as(name)
				.isLessThanOrEqualTo(name.equals("io.wsboot") ? MOST_FILES_OF_API : MOST_FILES));
	}

	@Test
	void thereAreNoCycles() {
		slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(MainClasses.ALL);
	}

	private static final class ByPackage implements SliceAssignment {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass type) {
			return SliceIdentifier.of(type.getPackageName());
		}

		@Override
		public String getDescription() {
			return "packages";
		}

	}

}
