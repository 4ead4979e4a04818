package io.wsboot.architecture;

import java.util.List;
import java.util.Map;
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

	private static final String SERVER = "io.wsboot.server.";

	private static final Map<String, List<String>> MAY_IMPORT = Map.ofEntries(
	// @formatter:off
			Map.entry("io.wsboot", List.of()),
			Map.entry("io.wsboot.frame", List.of("io.wsboot")),
			Map.entry("io.wsboot.handshake", List.of("io.wsboot")),
			Map.entry("io.wsboot.deflate", List.of("io.wsboot", "io.wsboot.frame")),
			Map.entry("io.wsboot.protocol", List.of("io.wsboot", "io.wsboot.frame", "io.wsboot.handshake", "io.wsboot.deflate")),
			Map.entry(SERVER + "address", List.of("io.wsboot")),
			Map.entry(SERVER + "spi", List.of("io.wsboot")),
			Map.entry(SERVER + "loop", List.of("io.wsboot")),
			Map.entry(SERVER + "config", List.of("io.wsboot", SERVER + "spi", SERVER + "address")),
			Map.entry(SERVER + "admission", List.of("io.wsboot", "io.wsboot.handshake", SERVER + "config", SERVER + "loop", SERVER + "spi", SERVER + "address")),
			Map.entry(SERVER + "transport", List.of("io.wsboot", SERVER + "config", SERVER + "loop", SERVER + "address")),
			Map.entry(SERVER + "overload", List.of("io.wsboot", SERVER + "config", SERVER + "loop", SERVER + "spi")),
			Map.entry(SERVER + "inbound", List.of("io.wsboot", SERVER + "overload", SERVER + "config", SERVER + "loop", SERVER + "spi")),
			Map.entry(SERVER + "endpoint", List.of("io.wsboot", "io.wsboot.protocol", SERVER + "inbound", SERVER + "admission", SERVER + "config", SERVER + "spi", SERVER + "address")),
			Map.entry(SERVER + "outbound", List.of("io.wsboot", "io.wsboot.protocol", SERVER + "transport", SERVER + "overload", SERVER + "config", SERVER + "loop", SERVER + "spi")),
			Map.entry(SERVER + "session", List.of("io.wsboot", "io.wsboot.protocol", SERVER + "outbound", SERVER + "endpoint", SERVER + "inbound", SERVER + "overload", SERVER + "admission", SERVER + "config", SERVER + "loop", SERVER + "spi", SERVER + "address")),
			Map.entry(SERVER + "handshake", List.of("io.wsboot", "io.wsboot.protocol", SERVER + "session", SERVER + "endpoint", SERVER + "inbound", SERVER + "admission", SERVER + "config", SERVER + "loop", SERVER + "spi", SERVER + "address")),
			Map.entry(SERVER + "connection", List.of("io.wsboot", "io.wsboot.protocol", SERVER + "handshake", SERVER + "session", SERVER + "outbound", SERVER + "endpoint", SERVER + "inbound", SERVER + "transport", SERVER + "overload", SERVER + "admission", SERVER + "config", SERVER + "loop", SERVER + "spi", SERVER + "address")),
			Map.entry("io.wsboot.server", List.of("io.wsboot", "io.wsboot.handshake", "io.wsboot.protocol", SERVER + "*")));
	// @formatter:on

	@TestFactory
	Stream<DynamicTest> packageImportsOnlyWhatItMay() {
		return MAY_IMPORT.entrySet()
			.stream()
			.map((entry) -> DynamicTest.dynamicTest(entry.getKey(),
					() -> checkImports(entry.getKey(), entry.getValue())));
	}

	private void checkImports(String name, List<String> mayImport) {
		String[] allowed = Stream.concat(Stream.of(name), mayImport.stream()).toArray(String[]::new);
		classes().that()
			.resideInAPackage(name)
			.should()
			.onlyDependOnClassesThat(not(resideInAPackage("io.wsboot..")).or(resideInAnyPackage(allowed)))
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
