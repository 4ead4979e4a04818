package io.wsboot.spring.tomcat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import io.wsboot.ClientBytes;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A Tomcat that is not as expected. */
@ExtendWith(OutputCaptureExtension.class)
class InternalsTests {

	@Test
	void areAsExpected() {
		assertThat(TomcatInternals.missingForWire()).isNull();
		assertThat(TomcatInternals.missingForTakeOver()).isNull();
		assertThat(new TomcatHandOver(true).takesOver()).isTrue();
		assertThat(new TomcatHandOver(false).takesOver()).isFalse();
	}

	/** The way in which the other tests change Tomcat changes nothing by itself. */
	@Test
	void aCopyOfTomcatIsAsExpected(CapturedOutput output) throws Exception {
		assertThat(carrier("noSuchName", "noSuchName")).isEqualTo("SOCKET");
		assertThat(output).doesNotContain("not as expected");
	}

	@Test
	void theWireIsUsedIfAFieldIsMissing(CapturedOutput output) throws Exception {
		assertThat(carrier("netInBuffer", "netInBuffes")).isEqualTo("WIRE");
		assertThat(output).contains("not as expected").contains("SecureNioChannel.netInBuffer");
	}

	@Test
	void theWireIsUsedIfAMethodIsMissing(CapturedOutput output) throws Exception {
		assertThat(carrier("getIOChannel", "getIOChannex")).isEqualTo("WIRE");
		assertThat(output).contains("not as expected").contains("NioChannel.getIOChannel");
	}

	@Test
	void theWireIsUsedIfAClassIsMissing(CapturedOutput output) throws Exception {
		assertThat(carrier("NioEndpoint$Poller", "NioEndpoint$Pollex")).isEqualTo("WIRE");
		assertThat(output).contains("not as expected").contains("NioEndpoint$Poller");
	}

	@Test
	void nothingIsSharedIfTheWireIsImpossible() {
		assertThatThrownBy(() -> carrier("registerReadInterest", "registerReadInteresx"))
			.isInstanceOf(IllegalStateException.class)
			.hasMessageContaining("registerReadInterest")
			.hasMessageContaining("a port of their own");
	}

	/** What carries a session on a Tomcat in which something has another name. */
	private static String carrier(String name, String other) throws Exception {
		Method method = new Renamed(name, other).loadClass(Probe.class.getName()).getDeclaredMethod("carrier");
		method.setAccessible(true);
		try {
			return (String) method.invoke(null);
		}
		catch (InvocationTargetException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
	}

	/** Runs on the other Tomcat. */
	static final class Probe {

		private Probe() {
		}

		static String carrier() throws IOException {
			TomcatURLStreamHandlerFactory.disable(); // there is one per JVM
			try (SharedTomcat server = SharedTomcat.start(Way.SOCKET); Client client = Client.open(server)) {
				client.send(new ClientBytes().text("carrier"));
				return client.readText();
			}
		}

	}

	/** Loads Tomcat, and what touches Tomcat, again. */
	private static final class Renamed extends ClassLoader {

		private final String name;

		private final String other;

		private Renamed(String name, String other) {
			super(Renamed.class.getClassLoader());
			this.name = name;
			this.other = other;
		}

		@Override
		protected Class<?> loadClass(String className, boolean resolve) throws ClassNotFoundException {
			synchronized (getClassLoadingLock(className)) {
				Class<?> loaded = findLoadedClass(className);
				if (loaded == null) {
					loaded = isAgain(className) ? again(className) : super.loadClass(className, false);
				}
				return loaded;
			}
		}

		private static boolean isAgain(String className) {
			return isTomcat(className)
					|| Stream.of("jakarta.servlet.", "io.wsboot.spring.tomcat.", "io.wsboot.spring.servlet.")
						.anyMatch(className::startsWith);
		}

		private static boolean isTomcat(String className) {
			return Stream.of("catalina", "coyote", "tomcat", "naming", "juli")
				.anyMatch((part) -> className.startsWith("org.apache." + part + "."));
		}

		private Class<?> again(String className) throws ClassNotFoundException {
			String resource = (isTomcat(className) ? className.replace(this.other, this.name) : className).replace('.',
					'/') + ".class";
			try (InputStream in = getParent().getResourceAsStream(resource)) {
				if (in == null || (isTomcat(className) && className.contains(this.name))) {
					throw new ClassNotFoundException(className);
				}
				byte[] bytes = in.readAllBytes();
				if (isTomcat(className)) {
					bytes = new String(bytes, StandardCharsets.ISO_8859_1).replace(this.name, this.other)
						.getBytes(StandardCharsets.ISO_8859_1);
				}
				return defineClass(className, bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
