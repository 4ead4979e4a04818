package io.wsboot.architecture;

import java.util.Set;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

/**
 * Stands in for {@code -Xlint:exports}, which this module has to turn off (see its POM).
 */
class ExportedApiTests {

	private static final Set<String> EXPORTED = Set.of("io.wsboot", "io.wsboot.server", "io.wsboot.server.spi",
			"io.wsboot.server.config");

	@Test
	void exportedTypesShowNoHiddenType() {
		classes().that()
			.resideInAnyPackage(EXPORTED.toArray(String[]::new))
			.and()
			.arePublic()
			.should(new ShowOnlyVisibleTypes())
			.check(MainClasses.ALL);
	}

	private static final class ShowOnlyVisibleTypes extends ArchCondition<JavaClass> {

		private ShowOnlyVisibleTypes() {
			super("show only types that a user of the module can name");
		}

		@Override
		public void check(JavaClass type, ConditionEvents events) {
			Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
				.forEach((shown) -> report(type, type.getName(), shown, events));
			for (JavaMember member : type.getMembers()) {
				if (isVisible(member)) {
					shownBy(member).forEach((shown) -> report(type, member.getFullName(), shown, events));
				}
			}
		}

		private static boolean isVisible(JavaMember member) {
			return member.getModifiers().contains(JavaModifier.PUBLIC)
					|| member.getModifiers().contains(JavaModifier.PROTECTED);
		}

		private static Stream<? extends JavaType> shownBy(JavaMember member) {
			if (member instanceof JavaField field) {
				return Stream.of(field.getType());
			}
			JavaCodeUnit code = (JavaCodeUnit) member;
			return Stream
				.of(Stream.of(code.getReturnType()), code.getParameterTypes().stream(),
						code.getExceptionTypes().stream())
				.flatMap((types) -> types);
		}

		private static void report(JavaClass type, String where, JavaType shown, ConditionEvents events) {
			for (JavaClass raw : shown.getAllInvolvedRawTypes()) {
				JavaClass element = raw.getBaseComponentType();
				boolean ours = element.getPackageName().startsWith("io.wsboot");
				if (ours && !(EXPORTED.contains(element.getPackageName()) && isPublicThroughout(element))) {
					events.add(SimpleConditionEvent.violated(type, where + " shows " + element.getName()));
				}
			}
		}

		private static boolean isPublicThroughout(JavaClass type) {
			return type.getModifiers().contains(JavaModifier.PUBLIC)
					&& type.getEnclosingClass().map(ShowOnlyVisibleTypes::isPublicThroughout).orElse(true);
		}

	}

}
