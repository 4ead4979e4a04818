package io.wsboot.spring.reactor;

import java.util.Set;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.netty.channel.ChannelHandler;
import io.netty.channel.nio.AbstractNioChannel.NioUnsafe;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.ReflectionHintsPredicates;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

import static org.assertj.core.api.Assertions.assertThat;

class ReactorHintsTests {

	private static final ReflectionHintsPredicates REFLECTION = RuntimeHintsPredicates.reflection();

	private final RuntimeHints hints = new RuntimeHints();

	ReactorHintsTests() {
		new ReactorHints().registerHints(this.hints, null);
	}

	@Test
	void theSocketIsFound() throws Exception {
		assertThat(REFLECTION.onMethodInvocation(NioUnsafe.class.getMethod(TakeOver.SOCKET))).accepts(this.hints);
	}

	@Test
	void everyChannelHandlerIsSearchedForMethodsToSkip() {
		Set<Class<?>> handlers = new ClassFileImporter().importPackagesOf(NettyWire.class)
			.stream()
			.filter((type) -> type.isAssignableTo(ChannelHandler.class))
			.map(JavaClass::reflect)
			.filter((type) -> type.getProtectionDomain()
				.getCodeSource()
				.equals(NettyWire.class.getProtectionDomain().getCodeSource()))
			.collect(Collectors.toSet());
		assertThat(handlers).contains(NettyWire.class)
			.allSatisfy((type) -> assertThat(
					REFLECTION.onType(type).withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS))
				.accepts(this.hints));
	}

}
