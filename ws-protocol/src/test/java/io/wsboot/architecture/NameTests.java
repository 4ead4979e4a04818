package io.wsboot.architecture;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Names that say how a class is made, or nothing, instead of what it is.
 */
class NameTests {

	@ParameterizedTest
	@ValueSource(strings = { "\\w*Utils?", "\\w*Impl", "Abstract\\w*", "\\w*Base" })
	void noClassIsNamed(String pattern) {
		noClasses().should().haveNameMatching("(.*[.$])?" + pattern).check(MainClasses.ALL);
	}

}
