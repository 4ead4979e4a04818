package io.wsboot.spring.architecture;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import io.wsboot.Execution;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

class PackageDirectionTests {

	private static final String SPRING = "io.wsboot.spring.";

	/** With {@code package-info.java}. */
	private static final long MOST_FILES = 24;

	private static final Map<String, List<String>> MAY_IMPORT = Map.ofEntries(
	// @formatter:off
			entry("annotation", List.of()),
			entry("endpoint.method", List.of("io.wsboot", SPRING + "annotation")),
			entry("endpoint.validation", List.of(SPRING + "endpoint.method")),
			entry("endpoint.convert", List.of("io.wsboot", SPRING + "annotation", SPRING + "endpoint.method")),
			entry("endpoint.argument", List.of("io.wsboot", SPRING + "annotation", SPRING + "endpoint.method",
					SPRING + "endpoint.validation", SPRING + "endpoint.convert")),
			entry("endpoint.reply", List.of("io.wsboot", SPRING + "endpoint.method", SPRING + "endpoint.convert")),
			entry("endpoint", List.of("io.wsboot", SPRING + "annotation", SPRING + "endpoint.*")),
			entry("metrics", List.of("io.wsboot", "io.wsboot.server", "io.wsboot.server.config", "io.wsboot.server.spi")),
			entry("actuate", List.of("io.wsboot", "io.wsboot.server", "io.wsboot.server.config", "io.wsboot.server.spi")),
			entry("context", List.of("io.wsboot", "io.wsboot.server", "io.wsboot.server.config", "io.wsboot.server.spi")),
			entry("security", List.of("io.wsboot", "io.wsboot.server", "io.wsboot.server.config", "io.wsboot.server.spi")),
			entry("servlet", List.of("io.wsboot", "io.wsboot.server", "io.wsboot.server.spi")),
			entry("jetty", List.of("io.wsboot", "io.wsboot.server.spi", SPRING + "servlet")),
			entry("tomcat", List.of("io.wsboot", "io.wsboot.server.spi", SPRING + "servlet")),
			entry("websocket.reactive", List.of("io.wsboot", "io.wsboot.server.spi", SPRING + "reactor")),
			entry("reactor", List.of("io.wsboot", "io.wsboot.server", "io.wsboot.server.spi")),
			entry("websocket", List.of("io.wsboot", "io.wsboot.server", "io.wsboot.server.config", "io.wsboot.server.spi", SPRING + "context",
					SPRING + "servlet")),
			entry("test", List.of("io.wsboot")),
			entry("autoconfigure.diagnostics", List.of("io.wsboot.server", "io.wsboot.server.config", "io.wsboot.server.spi", SPRING + "endpoint.method",
					SPRING + "security", SPRING + "context")),
			entry("autoconfigure.web", List.of("io.wsboot", "io.wsboot.server", "io.wsboot.server.config", "io.wsboot.server.spi", SPRING + "context",
					SPRING + "servlet", SPRING + "tomcat", SPRING + "jetty", SPRING + "reactor", SPRING + "websocket.reactive")),
			entry("autoconfigure.websocket", List.of("io.wsboot", "io.wsboot.server", "io.wsboot.server.config", "io.wsboot.server.spi", SPRING + "context",
					SPRING + "servlet", SPRING + "websocket")),
			entry("autoconfigure.authentication", List.of(SPRING + "security")),
			entry("autoconfigure", List.of("io.wsboot", "io.wsboot.server", "io.wsboot.server.config", "io.wsboot.server.spi", SPRING + "*", SPRING + "websocket.*", SPRING + "endpoint.*",
					SPRING + "autoconfigure.*")));
	// @formatter:on

	@TestFactory
	Stream<DynamicTest> packageImportsOnlyWhatItMay() {
		return MAY_IMPORT.entrySet()
			.stream()
			.map((entry) -> DynamicTest.dynamicTest(entry.getKey(),
					() -> checkImports(SPRING + entry.getKey(), entry.getValue())));
	}

	private void checkImports(String name, List<String> mayImport) {
		String[] allowed = Stream.concat(Stream.of(name), mayImport.stream()).toArray(String[]::new);
		classes().that()
			.resideInAPackage(name)
			.should()
			// Execution is a word of the annotations themselves.
			.onlyDependOnClassesThat(not(resideInAPackage("io.wsboot..")).or(resideInAnyPackage(allowed))
				.or(belongToAnyOf(Execution.class)))
			.allowEmptyShould(true)
			.check(MainClasses.ALL);
	}

	@Test
	void everyPackageIsInTheTable() {
		assertThat(MainClasses.ALL).isNotEmpty()
			.extracting(JavaClass::getPackageName)
			.allSatisfy((name) -> assertThat(name).startsWith(SPRING))
			.allSatisfy((name) -> assertThat(MAY_IMPORT).containsKey(name.substring(SPRING.length())));
	}

	@Test
	void noPackageHasTooManyFiles() {
		Map<String, Long> files = MainClasses.ALL.stream()
			.filter(JavaClass::isTopLevelClass)
			.collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
		assertThat(files).hasSize(MAY_IMPORT.size())
			.allSatisfy((name, count) -> assertThat(count).isBetween(2L, MOST_FILES));
	}

	/** An application without Micrometer or actuator must start. */
	@Test
	void optionalTechnologiesStayInTheirPackages() {
		noClasses().that()
			.resideOutsideOfPackages(SPRING + "metrics", SPRING + "autoconfigure")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.micrometer..", "org.springframework.boot.micrometer..")
			.check(MainClasses.ALL);
		noClasses().that()
			.resideOutsideOfPackages(SPRING + "actuate", SPRING + "autoconfigure")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.boot.actuate..", "org.springframework.boot.health..")
			.check(MainClasses.ALL);
		noClasses().that()
			.resideOutsideOfPackages(SPRING + "security", SPRING + "autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.security..")
			.check(MainClasses.ALL);
		noClasses().that()
			.resideOutsideOfPackages(SPRING + "tomcat", SPRING + "autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.apache.catalina..", "org.apache.coyote..", "org.apache.tomcat..")
			.check(MainClasses.ALL);
		noClasses().that()
			.resideOutsideOfPackages(SPRING + "jetty", SPRING + "autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.eclipse.jetty..")
			.check(MainClasses.ALL);
		noClasses().that()
			.resideOutsideOfPackages(SPRING + "endpoint..", SPRING + "autoconfigure")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("jakarta.validation..", "kotlin..", "tools.jackson..")
			.check(MainClasses.ALL);
	}

}
