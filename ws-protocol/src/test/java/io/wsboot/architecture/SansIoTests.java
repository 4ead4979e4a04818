package io.wsboot.architecture;

import java.time.Clock;
import java.util.Timer;
import java.util.TimerTask;
import java.util.logging.Logger;

import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Bytes in, events and bytes out: these packages neither wait nor look at the time, and
 * so can be tested by brute force and used over any transport.
 */
class SansIoTests {

	private static GivenClassesConjunction noSansIoClasses() {
		return noClasses().that()
			.resideInAnyPackage("io.wsboot.frame..", "io.wsboot.handshake..", "io.wsboot.deflate..",
					"io.wsboot.protocol..");
	}

	@Test
	void noChannelSocketThreadClockOrLogger() {
		noSansIoClasses().should()
			.dependOnClassesThat(resideInAnyPackage("java.nio.channels..", "java.net..", "java.util.concurrent..",
					Logger.class.getPackageName() + "..")
				.or(belongToAnyOf(Thread.class, Clock.class, Timer.class, TimerTask.class, System.Logger.class)))
			.check(MainClasses.ALL);
	}

	@Test
	void noLookAtTheTime() {
		noSansIoClasses().should()
			.accessTargetWhere(describe("it reads a clock", (access) -> switch (access.getTarget().getFullName()) {
				case "java.lang.System.nanoTime()", "java.lang.System.currentTimeMillis()" -> true;
				default -> access.getTargetOwner().getPackageName().equals("java.time")
						&& access.getTarget().getName().equals("now");
			}))
			.check(MainClasses.ALL);
	}

}
