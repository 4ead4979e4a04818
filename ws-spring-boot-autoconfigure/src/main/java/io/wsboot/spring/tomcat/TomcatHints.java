package io.wsboot.spring.tomcat;

import java.lang.reflect.Method;
import java.util.List;

import io.wsboot.spring.tomcat.TomcatInternals.Required;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ReflectionUtils;

/**
 * Registers what a native image must keep for {@link TomcatHandOver}: the constructor
 * that Tomcat calls, and what {@link TomcatInternals} looks up. What the Tomcat of the
 * build has not is left out, and the application then warns as any other does.
 */
public final class TomcatHints implements RuntimeHintsRegistrar {

	/** Creates the registrar. */
	public TomcatHints() {
	}

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.reflection().registerType(UpgradedConnection.class, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
		if (TomcatInternals.missingForWire() == null) {
			register(TomcatInternals.forWire(), hints);
		}
		if (TomcatInternals.missingForTakeOver() == null) {
			register(TomcatInternals.forTakeOver(), hints);
			hints.reflection().registerType(SecureNioChannel.class, (type) -> type.withField(TomcatInternals.SEALED));
		}
	}

	private static void register(List<Required> methods, RuntimeHints hints) {
		for (Required required : methods) {
			Method method = ReflectionUtils.findMethod(required.type(), required.name(), required.parameters());
			if (method != null) {
				hints.reflection().registerType(required.type());
				hints.reflection().registerMethod(method, ExecutableMode.INVOKE);
			}
		}
	}

}
